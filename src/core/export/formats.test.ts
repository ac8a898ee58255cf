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

test('what must have a value stands beside its attribute in Mermaid, as no loss', async () => {
  const document = named(['people'], ['id', 'name'])
  const [id, name] = [...document.objects.values()].filter(isColumn)
  if (!id || !name) throw new Error('Two columns are needed')
  const required = [id, { ...name, comment: 'As spoken' }].map((column) => ({ ...column, notNull: true }))
  const objects = new Map([...document.objects, ...required.map((column) => [column.id, column] as const)])
  const { text, losses } = await written('mermaid', { ...document, objects })
  expect(text).toContain('    text id "not null"\n    text name "not null. As spoken"\n')
  expect(losses).toEqual([])
})

test('an array of JSON Schema may hold arrays, which is told', async () => {
  const document = named(['posts'], ['tags'])
  const [tags] = [...document.objects.values()].filter(isColumn)
  if (!tags) throw new Error('No column')
  const list = { ...tags, type: { ...tags.type, dimensions: 1 } }
  const objects = new Map([...document.objects, [list.id, list] as const])
  const { text, losses } = await written('json-schema', { ...document, objects })
  expect(JSON.parse(text).$defs.posts.properties.tags.items.anyOf).toEqual([
    { type: ['string', 'null'] },
    { $ref: '#/$defs/posts/properties/tags' },
  ])
  expect(losses.map(({ name }) => name)).toEqual(['arrays'])
})

test('no line of PlantUML begins with a command that is a table, and signs of Creole stay signs', async () => {
  const { text } = await written('plantuml', named(['title', 'a__b__c'], ['id']))
  expect(text).toContain('entity "title" as title_ {')
  expect(text).toContain('entity "a~__b~__c" as a__b__c {')
})

/** Lines that are not of an entity diagram, by the language's guide: https://plantuml.com/ie-diagram, /class-diagram. */
function wrongLines(plantuml: string): readonly string[] {
  const lines = plantuml.trimEnd().split('\n')
  const aliases = new Set(lines.flatMap((line) => /^entity .* as (\w+) \{$/.exec(line)?.[1] ?? []))
  let inside: 'diagram' | 'entity' | 'note' = 'diagram'
  const wrong = lines.slice(1, -1).filter((line) => {
    // Comments, directives and ends.
    if (/^\s*['!@]|\/'/.test(line)) return true
    if (inside === 'note') {
      if (/^\s*end ?note/i.test(line)) inside = 'diagram'
      return false
    }
    if (inside === 'entity') {
      if (line === '}') inside = 'diagram'
      if (/\{(static|abstract|classifier|field|method)\}/.test(line)) return true
      return !/^(\}| {2}--| {2}(\* )?.+ : \S.*?( <<(PK|FK|UK)>>)*)$/.test(line)
    }
    if (/^entity "[^"]+" as \w+ \{$/.test(line)) inside = 'entity'
    const noted = /^note top of (\w+)$/.exec(line)?.[1]
    if (noted) inside = 'note'
    const tie = /^(\w+) (?:\|\||\|o|\}o|\}\|)--(?:\|\||o\||o\{|\|\{) (\w+) : \S.*$/.exec(line)
    const named = tie ? tie.slice(1) : noted ? [noted] : null
    if (named) return named.some((name) => !aliases.has(name))
    const other = /^(|title \S.*|hide circle|skinparam (linetype ortho|classAttributeIconSize 0))$/
    return inside !== 'entity' && !other.test(line)
  })
  const ends = [lines[0], lines.at(-1)].join(' ') === '@startuml @enduml' && inside === 'diagram'
  return ends ? wrong : [...wrong, 'It does not end as it should']
}

test('PlantUML of every kind and of hostile names keeps to its grammar', async () => {
  const plain = ['title', 'end note', '}', '--', '==', '+a', '#b', '- c', '~d', 'f()', '* g']
  const names = [...plain, '{field} e', '@enduml', "'h", "/' i", '!include j']
  const signs = named(names, names)
  const [table] = [...signs.objects.values()].filter(isTable)
  if (!table) throw new Error('No table')
  const comment = "@enduml\n' not shown\n  !include x\nEnd Note\n/' lost '/"
  const noted = { ...signs, objects: new Map([...signs.objects, [table.id, { ...table, comment }]]) }
  for (const document of [hostileDocument(), noted]) {
    expect(wrongLines((await written('plantuml', document)).text)).toEqual([])
  }
  const { text, losses } = await written('plantuml', named(['a'], ['id', '{field} e']))
  expect(losses).toContainEqual({ kind: 'Column', name: 'a.{field} e', reason: 'Written as { field} e' })
  for (const broken of [
    text.replace('\n}', ''),
    text.replace('  id', "  'id"),
    text.replace('"a" as', 'a as'),
  ]) {
    expect(wrongLines(broken)).not.toEqual([])
  }
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
