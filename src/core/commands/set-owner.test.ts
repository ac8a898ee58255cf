import { expect, test } from 'vitest'
import { isOwner, ownerKind } from '../kinds/owner/owner.kind.ts'
import { publicSchema } from '../kinds/schema/schema.kind.ts'
import { type Sequence, sequenceKind } from '../kinds/sequence/sequence.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { SchemaDocument } from '../model/document.ts'
import { applyPatch, invertPatch, type Patch } from '../model/patch.ts'
import { mayHaveOwner, setOwner } from './set-owner.ts'

const sequence: Sequence = { ...sequenceKind.sample, id: 's', parent: 'public', ownedBy: 'c' }
const document: SchemaDocument = {
  objects: new Map(
    [
      publicSchema('public'),
      { ...blankTable, id: 't', parent: 'public', name: 't' },
      { ...blankTable, id: 'u', parent: 'public', name: 'u' },
      sequence,
      { ...ownerKind.sample, id: 'given', parent: 't', name: 'clerk' },
    ].map((object) => [object.id, object]),
  ),
  diagram: new Map(),
}

const owners = ({ objects }: SchemaDocument) =>
  [...objects.values()].filter(isOwner).map(({ id, parent, name }) => [id, parent, name])

function give(role: string | null, ...objects: readonly string[]): Patch {
  let made = 0
  return setOwner(document, { objects, role, newId: () => `new ${++made}` })
}

test('objects go to a role, which one that has an owner already changes', () => {
  const patch = give('reader', 't', 'u', 'public')
  const next = applyPatch(document, patch)
  expect(owners(next)).toEqual([
    ['given', 't', 'reader'],
    ['new 1', 'u', 'reader'],
    ['new 2', 'public', 'reader'],
  ])
  expect(owners(applyPatch(next, invertPatch(patch)))).toEqual(owners(document))
})

test('objects go back to whoever runs the migration', () => {
  expect(owners(applyPatch(document, give(null, 't', 'u')))).toEqual([])
})

test('a sequence of a column belongs to whom its table belongs', () => {
  expect(mayHaveOwner(sequence)).toBe(false)
  expect(mayHaveOwner({ ...sequence, ownedBy: null } as Sequence)).toBe(true)
  expect(owners(applyPatch(document, give('reader', 's')))).toEqual(owners(document))
})
