import { expect, test } from 'vitest'
import { linkColumn } from '../commands/add-foreign-key.ts'
import { addView } from '../commands/add-objects.ts'
import { addCheck, addIndex } from '../commands/add-parts.ts'
import { addColumn } from '../commands/columns.ts'
import { createTable } from '../commands/create-table.ts'
import { after, type Command } from '../commands/edited.test-kit.ts'
import { followInheritance } from '../commands/follow-inheritance.ts'
import { removeObjects } from '../commands/remove-objects.ts'
import { renameObject } from '../commands/rename.ts'
import { setField } from '../commands/set-field.ts'
import { isColumn } from '../kinds/column/column.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { blankDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import { type Selection, selectChanges, withChangeLeft, withChangeSelected } from './selected-changes.ts'

let ids = 0
const newId = () => `id${++ids}`

const contacts = after(
  blankDocument,
  (document) => createTable(document, { id: 't', newId, name: 'contacts', x: 0, y: 0 }),
  (document) => addColumn(document, { id: 'email', table: 't', name: 'email' }),
  (document) => addColumn(document, { id: 'phone', table: 't', name: 'phone' }),
)

const add =
  (id: ObjectId, name = id): Command =>
  (document) =>
    addColumn(document, { id, table: 't', name })

const stateOf = (selection: Selection) =>
  Object.fromEntries([...selection.states].map(([id, { state }]) => [id, state]))

test('with nothing left out it is the new document itself, with all left out the old one', () => {
  const to = after(contacts, add('a'), (document) => removeObjects(document, ['phone']))
  expect(selectChanges(contacts, to).document).toBe(to)
  const none = selectChanges(contacts, to, new Set(['a', 'phone'])).document
  expect(new Map(none.objects)).toEqual(new Map(contacts.objects))
})

test('an index brings the column it is on, and says who wanted it', () => {
  const to = after(contacts, add('status'), add('other'), (document) =>
    addIndex(document, { id: 'index', table: 't', columns: ['status'] }),
  )
  const selection = selectChanges(contacts, to, new Set(['status', 'other']))
  expect(selection.states).toEqual(
    new Map([
      ['status', { state: 'needed', by: 'index' }],
      ['other', { state: 'left' }],
      ['index', { state: 'selected' }],
    ]),
  )
  expect(selection.document.objects.has('status')).toBe(true)
  expect(selection.document.objects.has('other')).toBe(false)
})

test('leaving a column leaves its index too; selecting the index brings both back', () => {
  const to = after(contacts, add('status'), (document) =>
    addIndex(document, { id: 'index', table: 't', columns: ['status'] }),
  )
  const all = selectChanges(contacts, to)
  const left = withChangeLeft(all, new Set(), 'status')
  expect([...left].toSorted()).toEqual(['index', 'status'])
  const none = selectChanges(contacts, to, left)
  const again = withChangeSelected(none, left, 'index')
  expect(stateOf(selectChanges(contacts, to, again))).toEqual({ status: 'needed', index: 'selected' })
})

test('what lives in a new table goes with it; two new tables that refer to each other go together', () => {
  const to = after(
    contacts,
    (document) => createTable(document, { id: 'a', newId, name: 'a', x: 0, y: 0 }),
    (document) => createTable(document, { id: 'b', newId, name: 'b', x: 0, y: 0 }),
    (document) => linkColumn(document, { id: 'ab', newId, from: columnOf(document, 'a'), to: 'b' }),
    (document) => linkColumn(document, { id: 'ba', newId, from: columnOf(document, 'b'), to: 'a' }),
  )
  const { states, document } = selectChanges(contacts, to, new Set(['a']))
  expect(states.get('a')).toEqual({ state: 'needed', by: 'b' })
  expect([...states.keys()]).toEqual(['a', 'b'])
  expect(document).toBe(to)
})

function columnOf(document: SchemaDocument, table: ObjectId): ObjectId {
  return schemaOf(document).childrenOf(table, isColumn)[0]?.id ?? ''
}

test('what names a column in its text follows the rename, with it or not at all', () => {
  const from = after(
    contacts,
    (document) => addCheck(document, { id: 'check', table: 't', expression: "email <> ''" }),
    (document) =>
      addView(document, {
        id: 'view',
        newId,
        x: 0,
        y: 0,
        name: 'mails',
        query: 'SELECT email FROM contacts',
      }),
  )
  const to = after(from, add('a'), (document) => renameObject(document, { object: 'email', name: 'mail' }))
  const without = selectChanges(from, to, withChangeLeft(selectChanges(from, to), new Set(), 'email'))
  expect(stateOf(without)).toEqual({ email: 'left', a: 'selected', view: 'left' })
  expect(without.document.objects.get('check')).toEqual(from.objects.get('check'))
  expect(without.document.objects.get('view')).toEqual(from.objects.get('view'))
  const alone = selectChanges(from, to, new Set(['a']))
  expect(alone.document.objects.get('check')).toEqual(to.objects.get('check'))
  expect(alone.document.objects.has('a')).toBe(false)
})

test('a new view that names a renamed column needs the rename', () => {
  const to = after(
    contacts,
    (document) => renameObject(document, { object: 'email', name: 'mail' }),
    (document) =>
      addView(document, { id: 'view', newId, x: 0, y: 0, name: 'mails', query: 'SELECT mail FROM contacts' }),
  )
  expect(stateOf(selectChanges(contacts, to, new Set(['email'])))).toEqual({
    email: 'needed',
    view: 'selected',
  })
})

test('a name that is free only after another change needs that change', () => {
  const exchanged = after(
    contacts,
    (document) => renameObject(document, { object: 'email', name: 'between' }),
    (document) => renameObject(document, { object: 'phone', name: 'email' }),
    (document) => renameObject(document, { object: 'email', name: 'phone' }),
  )
  const { states } = selectChanges(contacts, exchanged, new Set(['email']))
  expect(states.get('email')).toEqual({ state: 'needed', by: 'phone' })
  const replaced = after(contacts, (document) => removeObjects(document, ['email']), add('second', 'email'))
  expect(stateOf(selectChanges(contacts, replaced, new Set(['email'])))).toEqual({
    second: 'selected',
    email: 'needed',
  })
})

test('dropping a column takes what rests on it along; a comment elsewhere is nobody’s need', () => {
  const from = after(contacts, (document) =>
    addIndex(document, { id: 'index', table: 't', columns: ['phone'] }),
  )
  const to = after(
    from,
    (document) => removeObjects(document, ['phone']),
    (document) => setField(document, { object: 't', field: 'comment', value: 'People' }),
  )
  expect(stateOf(selectChanges(from, to, new Set(['index', 't'])))).toEqual({
    t: 'left',
    phone: 'selected',
    index: 'needed',
  })
})

test('a column loses NOT NULL only with the key that asks for it', () => {
  const key = [...contacts.objects.values()].find(isPrimaryKey)
  const column = key?.columns[0] ?? ''
  const to = after(
    contacts,
    (document) => removeObjects(document, [key?.id ?? '']),
    (document) => setField(document, { object: column, field: 'notNull', value: false }),
  )
  expect(stateOf(selectChanges(contacts, to, new Set([key?.id ?? ''])))).toEqual({
    [column]: 'selected',
    [key?.id ?? '']: 'needed',
  })
})

test('a table that comes to inherit brings the column that changes above it; without it the column changes alone', () => {
  const apart = after(contacts, (document) =>
    createTable(document, { id: 'c', newId, name: 'customers', x: 0, y: 0 }),
  )
  const to = after(
    apart,
    (document) => setField(document, { object: 'email', field: 'default', value: "''" }),
    (document) =>
      followInheritance(document, setField(document, { object: 'c', field: 'inherits', value: ['t'] })),
    // As in a table that was made that way.
    (document) => setField(document, { object: 'c/email', field: 'local', value: false }),
    (document) => setField(document, { object: 'c/phone', field: 'local', value: false }),
  )
  const heirs = [...to.objects.values()].filter(({ id, parent }) => parent === 'c' && !apart.objects.has(id))
  expect(heirs.map(({ name }) => name)).toContain('email')

  expect(stateOf(selectChanges(apart, to, new Set(['email'])))).toEqual({ c: 'selected', email: 'needed' })
  const { document, states } = selectChanges(apart, to, new Set(['c']))
  expect(Object.fromEntries(states)).toEqual({ c: { state: 'left' }, email: { state: 'selected' } })
  expect(heirs.filter(({ id }) => document.objects.has(id))).toEqual([])
})

test('what starts to inherit waits for what goes above; what comes above, for what ceases to inherit', () => {
  const inherits =
    (value: readonly string[]): Command =>
    (document) =>
      setField(document, { object: 'c', field: 'inherits', value })
  const apart = after(contacts, (document) =>
    createTable(document, { id: 'c', newId, name: 'customers', x: 0, y: 0 }),
  )
  const joined = after(apart, (document) => removeObjects(document, ['phone']), inherits(['t']))
  expect(stateOf(selectChanges(apart, joined, new Set(['phone'])))).toEqual({
    c: 'selected',
    phone: 'needed',
  })

  const together = after(apart, inherits(['t']))
  const parted = after(together, add('fax'), inherits([]))
  expect(stateOf(selectChanges(together, parted, new Set(['c'])))).toEqual({ c: 'needed', fax: 'selected' })
})

test('what a table says of a column that it inherits too goes after that, and comes before it', () => {
  const bare = after(
    contacts,
    (document) => createTable(document, { id: 'c', newId, name: 'customers', x: 0, y: 0 }),
    (document) => setField(document, { object: 'c', field: 'inherits', value: ['t'] }),
  )
  const said = after(bare, add('fax'), (document) =>
    addColumn(document, { id: 'own', table: 'c', name: 'fax' }),
  )
  expect(stateOf(selectChanges(said, bare, new Set(['fax'])))).toEqual({ fax: 'needed', own: 'selected' })
  expect(stateOf(selectChanges(bare, said, new Set(['own'])))).toEqual({ fax: 'selected', own: 'needed' })
})
