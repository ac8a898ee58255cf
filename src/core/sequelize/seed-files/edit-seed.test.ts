import { expect, test } from 'vitest'
import { removeObjects } from '../../commands/remove-objects.ts'
import { renameObject } from '../../commands/rename.ts'
import { Drawing } from '../../commands/sample-document.test-kit.ts'
import { schemaOf } from '../../model/schema.ts'
import { editSeed } from './edit-seed.ts'
import { qualifiedTable } from './seed-table.ts'
import { tableChanges } from './table-changes.ts'

/** What becomes of a file when the table `users` with the columns name, mail and age is edited. */
function edit(text: string, draw: (drawing: Drawing, column: (name: string) => string) => void) {
  const drawing = new Drawing()
  const table = drawing.table('users', 'name text', 'mail text', 'age int')
  const from = schemaOf(drawing.document)
  draw(drawing, (name) => (name === 'users' ? table : drawing.named(name, 'column').id))
  const to = schemaOf(drawing.document)
  const change = tableChanges(from, to).get(table)
  if (!change) throw new Error('Nothing changes')
  const now = change.after && qualifiedTable(change.after, to)
  return editSeed({ text, byHand: [] }, { ...change, old: qualifiedTable(change.before, from), now })
}

const rename = (from: string, to: string) => (drawing: Drawing, column: (name: string) => string) =>
  drawing.do((document) => renameObject(document, { object: column(from), name: to }))

test('a name is the value too, and one that JavaScript cannot write is quoted', () => {
  const seed = `const mail = 'a@b'
    exports.up = (q) => q.bulkInsert({ tableName: 'users', schema: 'public' }, [{ mail, data: { mail: 1 } }])`
  expect(edit(seed, rename('mail', 'e-mail'))).toEqual({
    text: seed.replace('[{ mail,', "[{ 'e-mail': mail,"),
    byHand: [],
  })
  expect(edit(seed, rename('users', 'people')).text).toBe(seed.replace("'users'", "'people'"))
})

test('rows that several calls share change once, those of another table never', () => {
  const seed = `const rows = [{ name: 'a' }]
    exports.up = async (q) => { await q.bulkInsert('users', rows); await q.bulkInsert('users', rows)
      await q.bulkInsert('pets', [{ name: 'b' }]); await q.bulkInsert({ tableName: 'users', schema: 'old' }, [{ name: 1 }]) }`
  expect(edit(seed, rename('name', 'label'))).toEqual({
    text: seed.replace("[{ name: 'a' }]", "[{ label: 'a' }]"),
    byHand: [],
  })
})

test('a dropped column leaves rows; a condition that asked for it is left to a person', () => {
  const drop = (name: string) => (drawing: Drawing, column: (name: string) => string) =>
    drawing.do((document) => removeObjects(document, [column(name)]))
  const seed = `exports.up = (q) => q.bulkInsert('users', [{ name: 'a', age: 1 }, { age: 2, name: 'b' }])
    exports.down = (q) => q.bulkDelete('users', { name: ['a', 'b'] })`
  expect(edit(seed, drop('age'))).toEqual({
    text: seed.replace(', age: 1', '').replace('age: 2, ', ''),
    byHand: [],
  })
  const named = edit(seed, drop('name'))
  expect(named.byHand).toEqual([{ what: 'There is no column name any more.', code: null }])
  expect(named.text).toBe(seed)
  expect(edit(seed, drop('users')).byHand).toEqual([
    { what: 'The table users is dropped: take its rows out.', code: null },
  ])
})

test('rows that are computed are left to a person, and nothing else of the file is touched', () => {
  for (const rows of ['people()', '[...others, { name: 1 }]', '[{ ...one, name: 1 }]', 'rows']) {
    const seed = `let rows = people(); exports.up = (q) => q.bulkInsert('users', ${rows})`
    expect(edit(seed, rename('name', 'label'))).toEqual({
      text: seed,
      byHand: [{ what: 'The column name is called label now.', code: null }],
    })
  }
})
