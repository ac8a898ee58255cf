import { expect, test } from 'vitest'
import { linkColumn } from '../commands/add-foreign-key.ts'
import { addView } from '../commands/add-objects.ts'
import { removeObjects } from '../commands/remove-objects.ts'
import { renameObject } from '../commands/rename.ts'
import { Drawing } from '../commands/sample-document.test-kit.ts'
import { setField } from '../commands/set-field.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { applyPatch, type Patch } from '../model/patch.ts'
import { pgType } from '../model/pg-type.ts'
import { planChanges } from './plan-changes.ts'
import { narrowedWithin } from './within-reach.ts'

const drawing = new Drawing()
const id = 'id bigint primary key'
const accounts = drawing.table('accounts', id, 'title text')
const contacts = drawing.table('contacts', id)
const email = drawing.column(contacts, 'email varchar(80)')
const account = drawing.column(contacts, 'account_id bigint')
const orders = drawing.table('orders', id)
const contact = drawing.column(orders, 'contact_id bigint')
const tags = drawing.table('tags', id, 'label text')
const [toAccount, toContact, view] = [drawing.newId(), drawing.newId(), drawing.newId()]
const { newId } = drawing
drawing
  .do((document) => linkColumn(document, { id: toAccount, newId, from: account, to: accounts }))
  .do((document) => linkColumn(document, { id: toContact, newId, from: contact, to: contacts }))
  .do((document) =>
    addView(document, {
      id: view,
      newId,
      name: 'addresses',
      query: 'SELECT email FROM contacts',
      x: 0,
      y: 0,
    }),
  )
const before = drawing.document

const settled = (document: SchemaDocument) => ({ written: document, canonical: document })

/** What is planned between both, of all and of what is near; and which objects are near. */
function plannedFor(command: (document: SchemaDocument) => Patch) {
  const after = applyPatch(before, command(before))
  const near = narrowedWithin(settled(before), settled(after))({ from: settled(before), to: settled(after) })
  return {
    ids: new Set<ObjectId>([...near.from.written.objects.keys(), ...near.to.written.objects.keys()]),
    whole: planChanges(before, after),
    near: planChanges(near.from.written, near.to.written),
  }
}

test('what a change can reach is planned alike without the rest of the schema', () => {
  const retyped = (document: SchemaDocument) =>
    setField(document, { object: email, field: 'type', value: pgType('text') })
  const { ids, whole, near } = plannedFor(retyped)
  expect(whole.steps.map(({ action }) => action)).toEqual(['drop', 'alter', 'create'])
  expect(near).toEqual(whole)
  for (const reached of [contacts, email, account, toAccount, accounts, view]) expect(ids).toContain(reached)
  expect(ids).not.toContain(tags)
})

test.each([
  ['renamed', (document: SchemaDocument) => renameObject(document, { object: contacts, name: 'people' })],
  ['dropped', (document: SchemaDocument) => removeObjects(document, [contacts])],
])('a table that is %s reaches what refers to it', (_, command) => {
  const { ids, whole, near } = plannedFor(command)
  expect(whole.steps).not.toEqual([])
  expect(near).toEqual(whole)
  expect(ids).toContain(orders)
  expect(ids).toContain(toContact)
  expect(ids).not.toContain(tags)
})

test('a name that is taken elsewhere in the schema stays known', () => {
  const { ids } = plannedFor((document) => renameObject(document, { object: orders, name: 'tags' }))
  expect(ids).toContain(tags)
})
