import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankDocument } from '../model/document.ts'
import { danglingObjects } from '../model/integrity.ts'
import { applyPatch, invertPatch } from '../model/patch.ts'
import { byteLength } from '../sql/name-length.ts'
import { arbitraryCommand } from './arbitrary-command.test-kit.ts'
import { countedIds } from './sample-document.test-kit.ts'

test('every command can be undone, and leaves no reference to what is not there', () => {
  fc.assert(
    fc.property(fc.array(arbitraryCommand, { minLength: 1, maxLength: 40 }), (commands) => {
      const newId = countedIds()
      let document = blankDocument
      for (const run of commands) {
        const patch = run(document, newId)
        const next = applyPatch(document, patch)
        expect(danglingObjects(next.objects)).toEqual(new Map())
        const back = applyPatch(next, invertPatch(patch))
        expect(new Map(back.objects)).toEqual(new Map(document.objects))
        expect(new Map(back.diagram)).toEqual(new Map(document.diagram))
        for (const object of patch.objects.added.values()) {
          expect(byteLength(object.name)).toBeLessThanOrEqual(63)
        }
        document = next
      }
    }),
    { numRuns: 150 },
  )
})
