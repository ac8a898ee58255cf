import { expect, test } from 'vitest'
import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { addForeignKey, linkColumn, proposeKeyColumns, typesFit } from './add-foreign-key.ts'
import { setPrimaryKey } from './add-parts.ts'
import { Drawing } from './sample-document.test-kit.ts'
import { setField } from './set-field.ts'

function link(drawing: Drawing, from: string, to: string) {
  const id = drawing.newId()
  drawing.do((document) => linkColumn(document, { id, newId: drawing.newId, from, to }))
  return schemaOf(drawing.document).need(id, isForeignKey)
}

test('a key column dropped on a table makes the column that refers to it, with its type', () => {
  const drawing = new Drawing()
  const companies = drawing.table('companies')
  const contacts = drawing.table('contacts')
  const id = schemaOf(drawing.document).childrenOf(companies, isColumn)[0]
  const key = link(drawing, id?.id ?? '', contacts)
  const schema = schemaOf(drawing.document)
  const column = schema.need(key.columns[0] ?? '', isColumn)
  expect(column).toMatchObject({ name: 'company_id', parent: contacts, notNull: false, type: id?.type })
  expect(key).toMatchObject({
    name: 'contacts_company_id_fkey',
    parent: contacts,
    referencedTable: companies,
  })
})

test('a plain column dropped on a table refers to its primary key', () => {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts')
  drawing.table('contacts', 'owner uuid')
  const key = link(drawing, drawing.named('owner').id, accounts)
  expect(key).toMatchObject({ name: 'contacts_owner_fkey', referencedTable: accounts })
})

test('between two columns the unique one is the parent, whichever was dragged', () => {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts')
  const contacts = drawing.table('contacts', 'account uuid')
  const id = schemaOf(drawing.document).childrenOf(accounts, isColumn)[0]?.id ?? ''
  const key = link(drawing, id, drawing.named('account').id)
  expect(key).toMatchObject({ parent: contacts, referencedTable: accounts, referencedColumns: [id] })
})

test('a table that refers to itself gets parent_id', () => {
  const drawing = new Drawing()
  const units = drawing.table('units')
  const id = schemaOf(drawing.document).childrenOf(units, isColumn)[0]?.id ?? ''
  expect(link(drawing, id, units).name).toBe('units_parent_id_fkey')
})

test('a composite key makes one column for each of its columns', () => {
  const drawing = new Drawing()
  const orders = drawing.table('orders', 'region varchar(2) not null')
  const lines = drawing.table('lines')
  const columns = schemaOf(drawing.document)
    .childrenOf(orders, isColumn)
    .map((column) => column.id)
  drawing.do((document) => setPrimaryKey(document, { id: drawing.newId(), table: orders, columns }))
  const id = drawing.newId()
  drawing.do((document) =>
    addForeignKey(document, { id, newId: drawing.newId, table: lines, referencedTable: orders }),
  )
  const key = schemaOf(drawing.document).need(id, isForeignKey)
  expect(key.referencedColumns).toEqual(columns)
  expect(drawing.names('column', lines)).toEqual(['id', 'order_id', 'order_region'])
  expect(key.name).toBe('lines_order_id_order_region_fkey')
})

test('types fit when PostgreSQL has an equality operator for them', () => {
  const drawing = new Drawing()
  drawing.table('t', 'a integer', 'b bigint', 'c text', 'd varchar(5)', 'e uuid')
  const column = (name: string) => schemaOf(drawing.document).need(drawing.named(name).id, isColumn)
  expect(typesFit(column('a'), column('b'))).toBe(true)
  expect(typesFit(column('c'), column('d'))).toBe(true)
  expect(typesFit(column('a'), column('e'))).toBe(false)
})

test('columns are proposed by their name and type, and made where none is', () => {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts', 'code text')
  const contacts = drawing.table('contacts', 'account_id uuid', 'code text')
  const primary = schemaOf(drawing.document).childrenOf(accounts, isColumn)[0]?.id ?? ''
  const code = schemaOf(drawing.document).childrenOf(accounts, isColumn)[1]?.id ?? ''
  const propose = () => proposeKeyColumns(contacts, [primary, code], schemaOf(drawing.document))
  const [, own, ownCode] = schemaOf(drawing.document).childrenOf(contacts, isColumn)
  expect(propose()).toEqual([own?.id, ownCode?.id])

  const id = drawing.newId()
  drawing.do((document) =>
    addForeignKey(document, {
      id,
      newId: drawing.newId,
      table: contacts,
      columns: [own?.id ?? '', null],
      referencedTable: accounts,
      referencedColumns: [primary, code],
    }),
  )
  expect(drawing.names('column', contacts)).toEqual(['id', 'account_id', 'code', 'account_code'])
  expect(schemaOf(drawing.document).need(id, isForeignKey).columns).toHaveLength(2)
  expect(propose()).toEqual([null, ownCode?.id])
})

test('a key that gets another table refers to the key of that table', () => {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts')
  const people = drawing.table('people')
  drawing.table('contacts', 'owner uuid')
  const key = link(drawing, drawing.named('owner').id, accounts)
  drawing.do((document) => setField(document, { object: key.id, field: 'referencedTable', value: people }))
  const schema = schemaOf(drawing.document)
  const primary = schema.childrenOf(people, isColumn)[0]?.id
  expect(schema.need(key.id, isForeignKey)).toMatchObject({
    referencedTable: people,
    referencedColumns: [primary],
  })
})
