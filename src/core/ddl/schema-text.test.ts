import { expect, test } from 'vitest'
import { addColumn } from '../commands/columns.ts'
import { createTable } from '../commands/create-table.ts'
import { after } from '../commands/edited.test-kit.ts'
import { removeObjects } from '../commands/remove-objects.ts'
import { blankDocument, type SchemaDocument } from '../model/document.ts'
import { schemaTexts } from './schema-text.ts'

let ids = 0
const newId = () => `id${++ids}`

const table = (name: string) => (document: SchemaDocument) =>
  createTable(document, { id: name, newId, name, x: 0, y: 0 })

test('only what differs is there, in the order of names on both sides', () => {
  const from = after(blankDocument, table('same'), table('posts'), table('b'))
  const to = after(
    from,
    (document) => removeObjects(document, ['b']),
    table('a'),
    (document) => addColumn(document, { id: 'title', table: 'posts', name: 'title' }),
  )
  const names = (text: string) => [...text.matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name)
  const { before, after: end } = schemaTexts(from, to)
  expect(names(before)).toEqual(['b', 'posts'])
  expect(names(end)).toEqual(['a', 'posts'])
  expect(end.split('\n').filter((line) => line.includes('title'))).toHaveLength(1)
  expect(schemaTexts(to, to)).toEqual({ before: '', after: '' })
})
