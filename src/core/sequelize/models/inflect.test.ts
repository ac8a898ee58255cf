import { expect, test } from 'vitest'
import { camelCase, pascalCase, plural, singular, underscored } from './inflect.ts'

test.each([
  ['accounts', 'account'],
  ['categories', 'category'],
  ['addresses', 'address'],
  ['statuses', 'status'],
  ['boxes', 'box'],
  ['people', 'person'],
  ['auditLogs', 'auditLog'],
  ['OrderLines', 'OrderLine'],
  ['companies', 'company'],
])('%s and %s', (many, one) => {
  expect(singular(many)).toBe(one)
  expect(plural(one)).toBe(many)
  expect(plural(many)).toBe(many)
  expect(singular(one)).toBe(one)
})

test('names of columns and tables become identifiers', () => {
  expect(pascalCase('audit_logs')).toBe('AuditLogs')
  expect(pascalCase('2fa codes')).toBe('T2faCodes')
  expect(camelCase('converted_to_contact_id')).toBe('convertedToContactId')
  expect(camelCase('createdAt')).toBe('createdAt')
  expect(camelCase('日本')).toBe('日本')
})

test('underscored is what Sequelize makes of an attribute', () => {
  expect(underscored('createdAt')).toBe('created_at')
  expect(underscored('address1')).toBe('address1')
})
