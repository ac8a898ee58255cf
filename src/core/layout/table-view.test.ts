import { expect, test } from 'vitest'
import { addIndex } from '../commands/add-parts.ts'
import { removeObjects } from '../commands/remove-objects.ts'
import { renameObject } from '../commands/rename.ts'
import { Drawing } from '../commands/sample-document.test-kit.ts'
import { blankDocument } from '../model/document.ts'
import { edgeViews } from './edge-view.ts'
import { folded, tableViews } from './table-view.ts'

const draw = (drawing: Drawing, baseline = blankDocument) =>
  tableViews(drawing.document, baseline, folded, new Map())

test('rows tell keys, uniqueness, generation and nullability', () => {
  const drawing = new Drawing()
  drawing.table('accounts')
  const contacts = drawing.table(
    'contacts',
    'account_id uuid references accounts',
    'email varchar(255) unique not null',
    'full_name text generated always as (email) stored',
  )
  const view = draw(drawing).get(contacts)?.view
  expect(
    view?.rows.map(({ name, type, key, unique, generated, nullable }) => [
      name,
      type,
      key,
      unique,
      generated,
      nullable,
    ]),
  ).toEqual([
    ['id', 'uuid', 'primary', false, false, false],
    ['account_id', 'uuid', 'foreign', false, false, true],
    ['email', 'varchar(255)', null, true, false, false],
    ['full_name', 'text', null, false, true, true],
  ])
  expect(view?.size.height).toBe(2 + 30 + 22 * 4 + 24)
  expect((view?.size.width ?? 1) % 8).toBe(0)
})

test('the child’s end tells uniqueness and the parent’s end nullability', () => {
  const drawing = new Drawing()
  drawing.table('accounts')
  drawing.table('a', 'account_id uuid references accounts')
  drawing.table('b', 'account_id uuid not null unique references accounts')
  const ends = [...edgeViews(drawing.document, blankDocument, new Map()).values()].map(
    ({ child, parent }) => [child.many, parent.optional],
  )
  expect(ends).toEqual([
    [true, true],
    [false, false],
  ])
})

test('long tables show 20 rows, those with keys first', () => {
  const drawing = new Drawing()
  drawing.table('accounts')
  const columns = Array.from({ length: 30 }, (_, index) => `c${index} text`)
  const wide = drawing.table('wide', ...columns, 'account_id uuid references accounts')
  const view = draw(drawing).get(wide)?.view
  expect(view?.rows).toHaveLength(20)
  expect(view?.hidden).toBe(12)
  expect(view?.rows.at(-1)?.name).toBe('account_id')
  expect(view?.size.height).toBe(2 + 30 + 22 * 21 + 24)

  const expanded = { ...folded, expanded: new Set([wide]) }
  const whole = tableViews(drawing.document, blankDocument, expanded, new Map()).get(wide)?.view
  expect(whole?.rows).toHaveLength(32)
  expect(whole?.hidden).toBe(0)
  expect(whole?.size.height).toBe(2 + 30 + 22 * 33 + 24)
})

test('changes since the baseline are marked; removed columns stay', () => {
  const drawing = new Drawing()
  const contacts = drawing.table('contacts', 'email text', 'phone text')
  const baseline = drawing.document
  drawing.column(contacts, 'custom jsonb')
  drawing.do((document) => removeObjects(document, [drawing.named('phone').id]))
  const view = draw(drawing, baseline).get(contacts)?.view
  expect(view?.rows.map((row) => [row.name, row.change])).toEqual([
    ['id', null],
    ['email', null],
    ['phone', 'removed'],
    ['custom', 'added'],
  ])
  expect(view?.change).toBeNull()
  const id = drawing.newId()
  drawing.do((document) => addIndex(document, { id, table: contacts, columns: [drawing.named('email').id] }))
  expect(draw(drawing, baseline).get(contacts)?.view.change).toBe('changed')
})

test('a view of an untouched table keeps its identity', () => {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts')
  const contacts = drawing.table('contacts')
  const first = draw(drawing)
  drawing.column(contacts, 'email text')
  const second = tableViews(drawing.document, blankDocument, folded, first)
  expect(second.get(accounts)).toBe(first.get(accounts))
  expect(second.get(contacts)).not.toBe(first.get(contacts))
})

test('an edge is drawn anew only when something it shows has changed', () => {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts')
  drawing.table('contacts', 'account_id uuid references accounts')
  const first = edgeViews(drawing.document, blankDocument, new Map())
  drawing.column(accounts, 'title text')
  const second = edgeViews(drawing.document, blankDocument, first)
  expect([...second.values()][0]).toBe([...first.values()][0])
  drawing.do((document) => renameObject(document, { object: accounts, name: 'firms' }))
  const third = edgeViews(drawing.document, blankDocument, second)
  expect([...third.values()][0]?.label).toBe('contacts.account_id → firms.id')
})

test('a removed table is drawn as it was, and so are the keys that led to it', () => {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts', 'name text')
  drawing.table('contacts', 'account_id uuid references accounts')
  const baseline = drawing.document
  drawing.do((document) => removeObjects(document, [accounts]))
  const view = draw(drawing, baseline).get(accounts)?.view
  expect(view).toMatchObject({ name: 'accounts', change: 'removed', columnCount: 2 })
  expect(view?.rows.map(({ change }) => change)).toEqual([null, null])
  const edges = [...edgeViews(drawing.document, baseline, new Map()).values()]
  expect(edges.map(({ change }) => change)).toEqual(['removed'])
  expect(draw(drawing, blankDocument).has(accounts)).toBe(false)
})
