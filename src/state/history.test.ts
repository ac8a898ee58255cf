import { expect, test } from 'vitest'
import { blankDocument, type SchemaDocument } from '../core/model/document.ts'
import { edit } from '../core/model/edit.ts'
import { applyPatch } from '../core/model/patch.ts'
import { emptyHistory, type History, record, redo, undo } from './history.ts'

interface Edited {
  readonly document: SchemaDocument
  readonly history: History
}

const start: Edited = { document: blankDocument, history: emptyHistory }

function addSchema({ document, history }: Edited, name: string): Edited {
  const patch = edit(document, (draft) =>
    draft.put({ id: name, kind: 'schema', parent: null, name, comment: null }),
  )
  return { document: applyPatch(document, patch), history: record(history, { title: 'Add schema', patch }) }
}

function moved({ document, history }: Edited, move: typeof undo): Edited {
  const step = move(history)
  return {
    document: step.entry ? applyPatch(document, step.entry.patch) : document,
    history: step.history,
  }
}

test('undo gives every earlier document, redo every later one', () => {
  const edits: Edited[] = []
  for (const name of ['a', 'b', 'c']) edits.push(addSchema(edits.at(-1) ?? start, name))
  const documents = [start, ...edits].map(({ document }) => document)
  let now = edits.at(-1) ?? start
  for (const before of documents.slice(0, -1).reverse()) {
    now = moved(now, undo)
    expect(now.document).toEqual(before)
  }
  expect(undo(now.history).entry).toBeNull()
  for (const after of documents.slice(1)) {
    now = moved(now, redo)
    expect(now.document).toEqual(after)
  }
  expect(redo(now.history).entry).toBeNull()
})

test('an edit after an undo forgets what was undone; one that changes nothing does not', () => {
  const nothing = edit(blankDocument, () => undefined)
  const undone = moved(addSchema(addSchema(start, 'a'), 'b'), undo)
  expect(record(undone.history, { title: 'Nothing', patch: nothing })).toBe(undone.history)
  const edited = addSchema(undone, 'c')
  expect(redo(edited.history).entry).toBeNull()
  expect([...edited.document.objects.keys()]).toEqual(['a', 'c'])
})

test('the oldest of many edits are forgotten', () => {
  let now = start
  for (let index = 0; index < 510; index += 1) now = addSchema(now, `s${index}`)
  let count = 0
  for (let step = undo(now.history); step.entry; step = undo(step.history)) count += 1
  expect(count).toBe(500)
})
