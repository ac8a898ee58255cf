import { expect, test } from 'vitest'
import { isCheck } from '../kinds/check/check.kind.ts'
import { isView } from '../kinds/view/view.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { addView } from './add-objects.ts'
import { addCheck } from './add-parts.ts'
import { renameObject } from './rename.ts'
import { Drawing } from './sample-document.test-kit.ts'

function drawn() {
  const drawing = new Drawing()
  const contacts = drawing.table(
    'contacts',
    'name text',
    "full text generated always as (contacts.name || 'name') stored",
  )
  const accounts = drawing.table('accounts', 'title text')
  return { drawing, contacts, accounts }
}

function viewOf(drawing: Drawing, query: string) {
  const id = drawing.newId()
  drawing.do((document) => addView(document, { id, newId: drawing.newId, query, x: 0, y: 0 }))
  return () => schemaOf(drawing.document).need(id, isView).query
}

function rename(drawing: Drawing, object: string, name: string) {
  drawing.do((document) => renameObject(document, { object, name }))
}

test('a column is renamed in checks and generated columns, not inside strings', () => {
  const { drawing, contacts } = drawn()
  const id = drawing.newId()
  drawing.do((document) => addCheck(document, { id, table: contacts, expression: `"name" <> 'name'` }))
  rename(drawing, drawing.named('name', 'column').id, 'Full Name')
  expect(schemaOf(drawing.document).need(id, isCheck).expression).toBe(`"Full Name" <> 'name'`)
  expect(drawing.named('full')).toMatchObject({
    generated: { expression: `contacts."Full Name" || 'name'` },
  })
})

test('a view keeps the names of its columns', () => {
  const { drawing } = drawn()
  const query = viewOf(
    drawing,
    'SELECT c.name, upper(c.name) AS big FROM contacts AS c WHERE c.name IS NOT NULL',
  )
  rename(drawing, drawing.named('name', 'column').id, 'label')
  expect(query()).toBe(
    'SELECT c.label AS name, upper(c.label) AS big FROM contacts AS c WHERE c.label IS NOT NULL',
  )
})

test('a bare name in a view belongs to the only table that has it', () => {
  const { drawing, accounts } = drawn()
  const query = viewOf(drawing, 'SELECT title FROM contacts, accounts ORDER BY title')
  rename(drawing, drawing.named('title').id, 'heading')
  expect(query()).toBe('SELECT heading AS title FROM contacts, accounts ORDER BY heading')
  const other = viewOf(drawing, 'SELECT name FROM contacts, accounts')
  drawing.column(accounts, 'name text')
  const mine = [...drawing.document.objects.values()].find(
    (object) => object.name === 'name' && object.parent === accounts,
  )
  rename(drawing, mine?.id ?? '', 'changed')
  expect(other()).toBe('SELECT name FROM contacts, accounts')
})

test('a table is renamed where it is a table, not where a column has its name', () => {
  const { drawing, contacts } = drawn()
  const query = viewOf(drawing, 'SELECT contacts.name, x.contacts FROM public.contacts, x')
  rename(drawing, contacts, 'people')
  expect(query()).toBe('SELECT people.name, x.contacts FROM public.people, x')
  expect(drawing.named('full')).toMatchObject({ generated: { expression: `people.name || 'name'` } })
})

test('a renamed type is renamed in casts only', () => {
  const { drawing, contacts } = drawn()
  drawing.put({ id: 'e', kind: 'enum', parent: null, name: 'state', comment: null, ...{ labels: ['a'] } })
  drawing.column(contacts, `kind text default 'a'::state`)
  drawing.column(contacts, 'state text')
  drawing.column(contacts, 'copy text generated always as (state || cast(1 as state)) stored')
  rename(drawing, 'e', 'status')
  expect(drawing.named('kind')).toMatchObject({ default: `'a'::status` })
  expect(drawing.named('copy')).toMatchObject({ generated: { expression: 'state || cast(1 as status)' } })
})

test('parts of a new table follow its name', () => {
  const { drawing, contacts } = drawn()
  drawing.do((document) => renameObject(document, { object: contacts, name: 'people', withParts: true }))
  expect(drawing.names('primary key', contacts)).toEqual(['people_pkey'])
})

test('a table and a column named like a keyword are renamed, the keywords stay', () => {
  const { drawing } = drawn()
  const order = drawing.table('order', '"end" date')
  const query = viewOf(drawing, 'SELECT CASE WHEN true THEN o."end" END AS x FROM "order" o ORDER BY o."end"')
  rename(drawing, order, 'orders')
  expect(query()).toBe('SELECT CASE WHEN true THEN o."end" END AS x FROM orders o ORDER BY o."end"')
  rename(drawing, drawing.named('end', 'column').id, 'finished')
  expect(query()).toBe('SELECT CASE WHEN true THEN o.finished END AS x FROM orders o ORDER BY o.finished')
})
