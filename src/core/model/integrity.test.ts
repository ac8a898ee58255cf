import { expect, test } from 'vitest'
import type { Check } from '../kinds/check/check.kind.ts'
import type { SchemaObject } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from './document.ts'
import { edit } from './edit.ts'
import { assertNothingDangles, integrityProblems } from './integrity.ts'
import type { ObjectBase } from './object.ts'
import { applyPatch } from './patch.ts'

const app: SchemaObject = { id: 's', kind: 'schema', parent: null, name: 'app', comment: null }
const leads: Table = { ...blankTable, id: 't', parent: 's', name: 'leads' }
const rating: Check = {
  id: 'k',
  kind: 'check',
  parent: 't',
  name: 'rating',
  comment: null,
  expression: 'true',
  noInherit: false,
  local: true,
  notValid: false,
}

function documentOf(...objects: readonly ObjectBase[]): SchemaDocument {
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}

test('a sound document has no problems', () => {
  expect(integrityProblems(documentOf(app, leads, rating))).toEqual([])
})

test('names are counted in bytes', () => {
  const fits = { ...leads, name: 'é'.repeat(31) }
  const long = { ...leads, name: 'é'.repeat(32) }
  expect(integrityProblems(documentOf(app, fits))).toEqual([])
  expect(integrityProblems(documentOf(app, long))).toMatchObject([
    { code: 'long-name', object: 't', field: 'name' },
  ])
})

test('empty names, twins and wrong places are told', () => {
  const twin = { ...leads, id: 't2' }
  const lost: ObjectBase = { ...rating, parent: 's' }
  const nameless = { ...leads, id: 't3', name: '' }
  expect(integrityProblems(documentOf(app, leads, twin, lost, nameless))).toMatchObject([
    { code: 'duplicate-name', object: 't2' },
    { code: 'wrong-place', object: 'k' },
    { code: 'empty-name', object: 't3' },
  ])
})

test('a patch that removes a table but not what lives in it is a bug', () => {
  const document = documentOf(app, leads, rating)
  const half = edit(document, (draft) => draft.remove('t'))
  expect(() => assertNothingDangles(applyPatch(document, half), half)).toThrow('rating')
  const whole = edit(document, (draft) => {
    draft.remove('k')
    draft.remove('t')
  })
  expect(() => assertNothingDangles(applyPatch(document, whole), whole)).not.toThrow()
})
