import { expect, it } from 'vitest'
import { type Column, columnKind } from '../kinds/column/column.kind.ts'
import { type FunctionObject, functionKind } from '../kinds/function/function.kind.ts'
import { sampleDocument } from '../kinds/sample.ts'
import { publicSchema, schemaKind } from '../kinds/schema/schema.kind.ts'
import { tableKind } from '../kinds/table/table.kind.ts'
import { blankDocument, type SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { adopt } from './adopt.ts'

const documentOf = (...objects: readonly ObjectBase[]): SchemaDocument => ({
  objects: new Map(objects.map((object) => [object.id, object])),
  diagram: new Map(),
})

const counter = () => {
  let next = 0
  return () => `new ${++next}`
}

const schema = { ...schemaKind.sample, id: 'n1' }
const table = { ...tableKind.sample, id: 'c2', parent: 'n1' }
const column: Column = { ...columnKind.sample, id: 'a2.1', parent: 'c2', name: 'email', ordinal: 1 }

it('gives new objects new ids and always holds public', () => {
  const { document, keyIds, unresolved } = adopt([schema, table, column], blankDocument, counter())
  expect([...document.objects.values()].map(({ id, parent, name }) => [id, parent, name])).toEqual([
    ['new 1', null, 'app'],
    ['new 2', 'new 1', 'contacts'],
    ['new 3', 'new 2', 'email'],
    ['new 4', null, 'public'],
  ])
  expect([...keyIds]).toEqual([
    ['n1', 'new 1'],
    ['c2', 'new 2'],
    ['a2.1', 'new 3'],
  ])
  expect(unresolved).toEqual([])
})

it('finds known objects by kind, parent and name, and recalls what the catalogue cannot tell', () => {
  const drawn: Column = { ...column, id: 'C', parent: 'T', ordinal: 40, using: 'lower(email)' }
  const known = documentOf(
    publicSchema('p'),
    { ...schema, id: 'S' },
    { ...table, id: 'T', parent: 'S' },
    { ...table, id: 'other', parent: 'p' },
    drawn,
  )
  const { document } = adopt([schema, table, column], known, counter())
  expect(document.objects.get('C')).toEqual(drawn)
  expect(document.objects.get('T')?.parent).toBe('S')
  expect(document.objects.has('other')).toBe(false)
  expect(document.objects.get('p')).toEqual(publicSchema('p'))
})

it('trusts keys that are known over names: a rename keeps the id', () => {
  const known = documentOf({ ...schema, id: 'S' }, { ...table, id: 'T', parent: 'S' })
  const renamed = { ...table, name: 'people' }
  const { document } = adopt([schema, renamed], known, counter(), new Map([['c2', 'T']]))
  expect(document.objects.get('T')?.name).toBe('people')
})

it('tells overloaded functions apart by their argument types', () => {
  const one: FunctionObject = { ...functionKind.sample, id: 'F1', parent: 'S', arguments: 'a int' }
  const two: FunctionObject = { ...one, id: 'F2', arguments: "a text default 'x'" }
  const known = documentOf({ ...schema, id: 'S' }, one, two)
  const read = [
    schema,
    { ...one, id: 'p8', parent: 'n1', arguments: 'a text', identityArguments: 'a text' },
    { ...one, id: 'p9', parent: 'n1', arguments: 'a integer', identityArguments: 'a integer' },
    { ...one, id: 'p10', parent: 'n1', arguments: 'a uuid', identityArguments: 'a uuid' },
  ]
  const { keyIds } = adopt(read, known, counter())
  expect([keyIds.get('p8'), keyIds.get('p9'), keyIds.get('p10')]).toEqual(['F2', 'F1', 'new 1'])
})

it('hands back what refers to something that was not read, and what rests on that', () => {
  const orphan = { ...column, id: 'a9.1', parent: 'c9' }
  const typed: Column = { ...column, id: 'a2.2', name: 'kind', type: { ...column.type, ref: 't7' } }
  const { document, unresolved, keyIds } = adopt(
    [schema, table, column, orphan, typed],
    blankDocument,
    counter(),
  )
  expect(unresolved.map(({ id }) => id)).toEqual(['a9.1', 'a2.2'])
  expect(document.objects.size).toBe(4)
  expect(keyIds.has('a2.2')).toBe(false)
})

it('adopts a document onto itself without a change', () => {
  const document = sampleDocument()
  const kinds = [...document.objects.values()].filter(({ kind }) => kind !== 'raw')
  const adopted = adopt(kinds, documentOf(...kinds), () => 'stray')
  expect(adopted.document.objects).toEqual(new Map(kinds.map((object) => [object.id, object])))
})
