import { expect, test } from 'vitest'
import { editsBetween, knownEdits, withEdits } from './document-edits.ts'
import { document, put, table, without } from './drawn.test-kit.ts'

const before = document(table('a'), table('b'))

test('edits carry what changed and nothing else', () => {
  const after = without(put(before, table('c'), { ...table('a'), name: 'other' }), 'b')
  const edits = editsBetween(before.objects, after.objects)
  expect(edits.put.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(edits.removed).toEqual(['b'])
  const made = withEdits(before.objects, edits)
  expect(made.objects).toEqual(after.objects)
  expect(knownEdits(before.objects, made.objects)).toEqual(['b', 'a', 'c'])
  expect(knownEdits(after.objects, made.objects)).toBeNull()
})

test('to the other side that has nothing, everything goes', () => {
  const edits = editsBetween(null, before.objects)
  expect(withEdits(document(table('stale')).objects, edits).objects).toEqual(before.objects)
})
