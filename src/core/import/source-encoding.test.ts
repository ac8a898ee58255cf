import { isUtf8 } from 'node:buffer'
import { expect, test } from 'vitest'
import { encodingOf } from './source-encoding.ts'

const sql = "create table a (b text default 'é');"
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()

test.each<readonly [string, Buffer]>([
  ['utf-8', Buffer.from(sql)],
  ['utf-8', Buffer.from(`\ufeff${sql}`)],
  ['utf-8', Buffer.alloc(0)],
  ['utf-16le', Buffer.from(`\ufeff${sql}`, 'utf16le')],
  ['utf-16le', Buffer.from(sql, 'utf16le')],
  ['utf-16be', swapped(Buffer.from(`\ufeff${sql}`, 'utf16le'))],
  ['utf-16be', swapped(Buffer.from(sql, 'utf16le'))],
  ['windows-1252', Buffer.from(`SET client_encoding = 'LATIN1';\n${sql}`, 'latin1')],
])('a file in %s is read as it was written', (encoding, bytes) => {
  expect(encodingOf(bytes, () => isUtf8(bytes))).toBe(encoding)
  const text = new TextDecoder(encoding).decode(bytes)
  expect(text.endsWith(bytes.length === 0 ? '' : sql)).toBe(true)
})

test('letters of an encoding that the file does not name are told as such', () => {
  const bytes = Buffer.from(sql, 'latin1')
  expect(encodingOf(bytes, () => isUtf8(bytes))).toBe('utf-8')
})
