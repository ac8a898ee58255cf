import { expect, test } from 'vitest'
import { schemaOf } from '../model/schema.ts'
import { byteLength, fitName } from '../sql/name-length.ts'
import { uniqueName } from '../sql/unique-name.ts'
import { addIndex } from './add-parts.ts'
import { joinName, proposeIndexName, singular } from './naming.ts'
import { Drawing } from './sample-document.test-kit.ts'

test('names are cut to 63 bytes without splitting a letter', () => {
  expect(fitName('x'.repeat(70))).toHaveLength(63)
  expect(fitName('é'.repeat(40))).toBe('é'.repeat(31))
  expect(byteLength('naïve_🐘')).toBe(11)
})

test('a taken name gets a number that survives the cut', () => {
  expect(uniqueName('a', new Set(['a', 'a_2']))).toBe('a_3')
  const long = 'x'.repeat(63)
  expect(uniqueName(long, new Set([long]))).toBe(`${'x'.repeat(61)}_2`)
  expect(joinName(['x'.repeat(70)], 'fkey')).toBe(`${'x'.repeat(58)}_fkey`)
})

test('table names become singular', () => {
  const plurals = ['accounts', 'companies', 'addresses', 'boxes', 'status', 'news', 'people', 'branches']
  expect(plurals.map(singular)).toEqual([
    'account',
    'company',
    'address',
    'box',
    'status',
    'news',
    'people',
    'branch',
  ])
})

test('indexes are named as most indexes of the document are', () => {
  const drawing = new Drawing()
  const contacts = drawing.table('contacts', 'email text', 'phone text')
  const table = drawing.named('contacts')
  expect(proposeIndexName(table, ['email'], schemaOf(drawing.document))).toBe('contacts_email_idx')
  const id = drawing.newId()
  const email = drawing.named('email').id
  drawing.do((document) => addIndex(document, { id, table: contacts, columns: [email] }))
  drawing.put({ ...drawing.named('contacts_email_idx'), name: 'idx_contacts_email' })
  expect(proposeIndexName(table, ['email'], schemaOf(drawing.document))).toBe('idx_contacts_email_2')
})
