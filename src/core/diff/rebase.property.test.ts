import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryCommand, type Command } from '../commands/arbitrary-command.test-kit.ts'
import { countedIds } from '../commands/sample-document.test-kit.ts'
import { blankDocument, type SchemaDocument } from '../model/document.ts'
import { danglingObjects } from '../model/integrity.ts'
import { applyPatch } from '../model/patch.ts'
import { rebase, rebased } from './rebase.ts'
import type { Side } from './rebase-conflicts.ts'

const edits = fc.array(arbitraryCommand, { maxLength: 12 })

function edited(document: SchemaDocument, commands: readonly Command[], prefix: string): SchemaDocument {
  const newId = countedIds(prefix)
  return commands.reduce((now, command) => applyPatch(now, command(now, newId)), document)
}

const objectsOf = ({ objects }: SchemaDocument) =>
  new Map([...objects].toSorted(([a], [b]) => (a < b ? -1 : 1)))

test('with nothing drawn, the new baseline is the result', () => {
  fc.assert(
    fc.property(edits, edits, (before, after) => {
      const base = edited(blankDocument, before, 'a')
      const theirs = edited(base, after, 't')
      const result = rebase({ base, mine: base, theirs })
      expect(result.conflicts).toEqual([])
      expect(objectsOf(rebased(result).document)).toEqual(objectsOf(theirs))
    }),
  )
})

test('with the baseline as it was, what is drawn stays as it is', () => {
  fc.assert(
    fc.property(edits, edits, (before, after) => {
      const base = edited(blankDocument, before, 'a')
      const mine = edited(base, after, 'm')
      const result = rebase({ base, mine, theirs: base })
      expect(result.conflicts).toEqual([])
      const { document, fallen } = rebased(result)
      expect(objectsOf(document)).toEqual(objectsOf(mine))
      expect(new Map(document.diagram)).toEqual(new Map(mine.diagram))
      expect(fallen).toEqual([])
    }),
  )
})

test('whatever is chosen, nothing dangles, and a second time changes nothing more', () => {
  fc.assert(
    fc.property(edits, edits, edits, fc.infiniteStream(fc.boolean()), (before, drawn, come, coin) => {
      const base = edited(blankDocument, before, 'a')
      const mine = edited(base, drawn, 'm')
      const theirs = edited(base, come, 't')
      const result = rebase({ base, mine, theirs })
      const choices = new Map<string, Side>(
        result.conflicts.map(({ id }) => [id, coin.next().value ? 'mine' : 'theirs']),
      )
      const { document } = rebased(result, choices)
      expect(danglingObjects(document.objects)).toEqual(new Map())
      const again = rebase({ base: theirs, mine: document, theirs })
      expect(again.conflicts).toEqual([])
      expect(objectsOf(rebased(again).document)).toEqual(objectsOf(document))
    }),
    { numRuns: 200 },
  )
})

test('edits of tables of their own never conflict, and both are there', () => {
  fc.assert(
    fc.property(edits, (come) => {
      const mine = edited(blankDocument, come, 'm')
      const theirs = edited(blankDocument, come, 't')
      const result = rebase({ base: blankDocument, mine, theirs })
      expect(result.conflicts).toEqual([])
      const { document } = rebased(result)
      expect(document.objects.size).toBe(mine.objects.size + theirs.objects.size)
    }),
  )
})
