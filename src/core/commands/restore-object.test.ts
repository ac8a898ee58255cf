import { expect, test } from 'vitest'
import { removeObjects } from './remove-objects.ts'
import { restoreObject } from './restore-object.ts'
import { Drawing } from './sample-document.test-kit.ts'

function drawn() {
  const drawing = new Drawing()
  const accounts = drawing.table('accounts', 'name text unique')
  const contacts = drawing.table('contacts', 'account_id uuid references accounts')
  return { drawing, accounts, contacts, baseline: drawing.document }
}

test('a removed table comes back with its parts, its place and the keys that pointed to it', () => {
  const { drawing, accounts, baseline } = drawn()
  drawing.do((document) => removeObjects(document, [accounts]))
  expect(drawing.names('foreign key')).toEqual([])
  drawing.do((document) => restoreObject(document, { object: accounts, baseline }))
  expect(new Map([...drawing.document.objects].toSorted())).toEqual(new Map([...baseline.objects].toSorted()))
  expect(drawing.document.diagram.get(accounts)).toEqual(baseline.diagram.get(accounts))
})

test('a column comes back with the table it was in, and nothing else that was removed does', () => {
  const { drawing, contacts, baseline } = drawn()
  const column = drawing.named('account_id').id
  const account = drawing.named('name', 'column').id
  drawing.do((document) => removeObjects(document, [contacts, account]))
  drawing.do((document) => restoreObject(document, { object: column, baseline }))
  expect(drawing.names('column', contacts)).toContain('account_id')
  expect(drawing.names('foreign key')).toEqual(['contacts_account_id_fkey'])
  expect(drawing.document.objects.has(account)).toBe(false)
})

test('what is there stays as it is', () => {
  const { drawing, accounts, baseline } = drawn()
  drawing.do((document) => restoreObject(document, { object: accounts, baseline }))
  expect(drawing.document.objects).toEqual(baseline.objects)
})
