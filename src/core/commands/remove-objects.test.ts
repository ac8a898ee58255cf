import { expect, test } from 'vitest'
import { isTrigger } from '../kinds/trigger/trigger.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { addEnum, addFunction } from './add-objects.ts'
import { addCheck, addIndex, addTrigger } from './add-parts.ts'
import { removalOf, removeObjects } from './remove-objects.ts'
import { Drawing } from './sample-document.test-kit.ts'

function drawn() {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts')
  const contacts = drawing.table('contacts', 'email text unique', 'account_id uuid references accounts')
  const column = (name: string) => drawing.named(name, 'column').id
  const index = drawing.newId()
  drawing.do((document) => addIndex(document, { id: index, table: contacts, columns: [column('email')] }))
  const check = drawing.newId()
  drawing.do((document) => addCheck(document, { id: check, table: contacts, expression: "email <> ''" }))
  return { drawing, accounts, contacts, column }
}

test('a column takes its keys, indexes and checks along', () => {
  const { drawing, contacts, column } = drawn()
  drawing.do((document) => removeObjects(document, [column('email')]))
  expect(
    schemaOf(drawing.document)
      .children(contacts)
      .map((object) => object.name),
  ).toEqual(['contacts_pkey', 'contacts_account_id_fkey', 'id', 'account_id'])
})

test('a column named like a keyword takes no check along that has the keyword', () => {
  const { drawing, contacts, column } = drawn()
  drawing.column(contacts, '"end" date')
  const expression = "CASE WHEN email = '' THEN false ELSE true END"
  drawing.do((document) => addCheck(document, { id: 'kept', table: contacts, expression }))
  drawing.do((document) => removeObjects(document, [column('end')]))
  expect(drawing.document.objects.has('kept')).toBe(true)
})

test('a table takes the foreign keys that point to it and its place along', () => {
  const { drawing, accounts } = drawn()
  drawing.do((document) => removeObjects(document, [accounts]))
  expect(drawing.names('foreign key')).toEqual([])
  expect(drawing.names('column')).toContain('account_id')
  expect(drawing.document.diagram.has(accounts)).toBe(false)
})

test('a trigger loses the column from UPDATE OF, and goes with the last one', () => {
  const { drawing, contacts, column } = drawn()
  drawing.do((document) =>
    addFunction(document, { id: 'f', newId: drawing.newId, name: 'touch', forTrigger: true }),
  )
  drawing.do((document) => addTrigger(document, { id: 't', table: contacts }))
  const trigger = schemaOf(drawing.document).need('t', isTrigger)
  expect(trigger.function).toBe('f')
  drawing.put({ ...trigger, ...{ updateOf: [column('email'), column('account_id')] } })
  drawing.do((document) => removeObjects(document, [column('email')]))
  expect(schemaOf(drawing.document).need('t', isTrigger).updateOf).toEqual([column('account_id')])
  drawing.do((document) => removeObjects(document, [column('account_id')]))
  expect(drawing.names('trigger')).toEqual([])
})

test('a type in use stays, and says who uses it', () => {
  const { drawing, contacts } = drawn()
  drawing.do((document) => addEnum(document, { id: 'e', newId: drawing.newId, name: 'stage' }))
  const user = drawing.column(contacts, 'stage stage')
  expect(removalOf(drawing.document, ['e'])).toEqual({
    removed: new Set(),
    kept: [{ object: 'e', usedBy: [user] }],
  })
  expect(removalOf(drawing.document, ['e', contacts]).removed.has('e')).toBe(true)
})
