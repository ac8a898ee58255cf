import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { readForeign } from '../../database/import-foreign.ts'
import { blankColumn, type Column, isColumn } from '../kinds/column/column.kind.ts'
import { sampleDocument } from '../kinds/sample.ts'
import { publicSchema } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { exportFormats } from './formats.ts'

/** Everything that the kinds have, with comments and one table's name that would end any quotation. */
function hostileDocument(): SchemaDocument {
  const { objects, diagram } = sampleDocument()
  const hostile = `</pre><script>"'\`|*/ }} end note\n[x]\\`
  const renamed = [...objects.values()].map((object): [string, ObjectBase] => [
    object.id,
    { ...object, comment: hostile, ...(isTable(object) && object.id === 'table' ? { name: hostile } : {}) },
  ])
  return { objects: new Map(renamed), diagram }
}

const written = async (id: string, document = hostileDocument()) => {
  const format = exportFormats.find((one) => one.id === id)
  if (!format) throw new Error(`No format ${id}`)
  return format.write({
    document,
    title: 'A <b> "title"',
    read: async () => ({ rows: [['1', "it's", null]], truncated: true }),
  })
}

test.each(exportFormats.map(({ id }) => id))('%s is written of every kind, twice the same', async (id) => {
  const first = await written(id)
  expect(first.text.length).toBeGreaterThan(200)
  expect(await written(id)).toEqual(first)
})

test.each(exportFormats.map(({ id }) => id))('%s is written of an empty schema', async (id) => {
  const { text, losses } = await written(id, { objects: new Map(), diagram: new Map() })
  expect(text).not.toContain('undefined')
  expect(losses).toEqual([])
})

test('types of rows are TypeScript, a schema of rows is JSON', async () => {
  const types = await written('typescript')
  expect(parseSync('rows.ts', types.text).errors).toEqual([])
  expect(JSON.parse((await written('json-schema')).text)).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A <b> "title"',
  })
})

test('names and comments stay text in HTML and SVG', async () => {
  for (const id of ['html', 'svg']) {
    const { text } = await written(id)
    expect(text).not.toMatch(/<script|<b>/)
    expect(text).toContain('&lt;script&gt;')
  }
})

test('DBML of every kind is DBML', async () => {
  expect(await readForeign((await written('dbml')).text, 'dbml')).not.toHaveProperty('message')
})

test('every object is written or named as lost', async () => {
  const { losses } = await written('dbml', sampleDocument())
  const lost = losses.map(({ kind, reason }) => `${kind}: ${reason}`)
  expect(lost).toContain('Trigger: DBML has no triggers')
  expect(lost).toContain('Index: Only btree and hash in ascending order, without a condition')
  expect(losses.filter(({ kind }) => kind === 'Enum')).toEqual([])
})

test.each(['typescript', 'json-schema'])(
  '%s says the labels of an enum where a column is of it',
  async (id) => {
    const document = sampleDocument()
    const enumLosses = async (from: SchemaDocument) =>
      (await written(id, from)).losses.filter(({ kind }) => kind === 'Enum')
    const used = [...document.objects.values()].some((object) => isColumn(object) && object.type.ref !== null)
    expect(used).toBe(true)
    const without = new Map([...document.objects].filter(([, object]) => !isColumn(object)))
    const unused = await enumLosses({ ...document, objects: without })
    expect(unused[0]?.reason).toBe('No column is written with it')
    expect((await enumLosses(document)).length).toBeLessThan(unused.length)
  },
)

test('rows that were cut off are told', async () => {
  const { text, losses } = await written('inserts')
  expect(text).toContain("'it''s', NULL)")
  expect(losses[0]?.reason).toBe('Only the first 10,000 rows are written')
})

/** Tables of these names, each with columns of these names. */
function named(tables: readonly string[], columns: readonly string[]): SchemaDocument {
  const schema = publicSchema('public')
  const objects = tables.flatMap((table): readonly ObjectBase[] => [
    { ...blankTable, id: table, parent: schema.id, name: table },
    ...columns.map(
      (name, place): Column => ({
        ...blankColumn,
        id: `${table} ${name}`,
        parent: table,
        name,
        ordinal: place + 1,
      }),
    ),
  ])
  return { objects: new Map([schema, ...objects].map((object) => [object.id, object])), diagram: new Map() }
}

test('Mermaid quotes tables whose names are its words, and says which names it cannot write', async () => {
  const document = named(
    ['class', 'end', 'accounts', 'people', 'Full "name"'],
    ['id', 'fk', 'm²', '1st', 'two words'],
  )
  const { text, losses } = await written('mermaid', document)
  const entities = [...text.matchAll(/^ {2}(.*) \{$/gm)].map(([, word]) => word)
  expect(entities).toEqual([`"Full 'name'"`, 'accounts', '"class"', '"end"', 'people'])
  const people = text.slice(text.indexOf('people {')).split('\n').slice(1, 6)
  expect(people.map((line) => line.trim())).toEqual(
    ['id', 'fk_', 'm_', '_1st', 'two_words'].map((name) => `text ${name}`),
  )
  expect(losses).toContainEqual({ kind: 'Column', name: 'people.two words', reason: 'Written as two_words' })
  expect(losses).toContainEqual({ kind: 'Table', name: 'Full "name"', reason: `Written as Full 'name'` })
})

test('no line of PlantUML begins with a command that is a table, and signs of Creole stay signs', async () => {
  const { text } = await written('plantuml', named(['title', 'a__b__c'], ['id']))
  expect(text).toContain('entity "title" as title_ {')
  expect(text).toContain('entity "a~__b~__c" as a__b__c {')
})

test('two tables whose names make one word are told apart', async () => {
  const document = named(['a b', 'a-b', 'a_b', 'new_a_b'], ['id'])
  const types = (await written('typescript', document)).text
  const names = [...types.matchAll(/^export interface (\w+)/gm)].map(([, name]) => name)
  expect(new Set(names).size).toBe(8)
  const anchors = [...(await written('markdown', document)).text.matchAll(/id="(.*?)"/g)].map(([, id]) => id)
  expect(new Set(anchors).size).toBe(4)
  const entities = [...(await written('plantuml', document)).text.matchAll(/ as (\w+) /g)].map(([, id]) => id)
  expect(new Set(entities).size).toBe(4)
})
