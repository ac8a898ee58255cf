import { expect, test } from 'vitest'
import { pgType } from '../../model/pg-type.ts'
import { isWidening } from './column.widening.ts'

const parse = (text: string) => {
  const [base = '', modifiers = ''] = text.split(':')
  return pgType(base, modifiers)
}

test.each([
  ['character varying:10', 'character varying:20'],
  ['character varying:10', 'character varying'],
  ['character varying:10', 'text'],
  ['text', 'character varying'],
  ['numeric:10,2', 'numeric:12,2'],
  ['numeric:10,2', 'numeric'],
  ['timestamp with time zone:3', 'timestamp with time zone'],
  ['cidr', 'inet'],
])('%s to %s keeps the stored values', (from, to) => {
  expect(isWidening(parse(from), parse(to))).toBe(true)
})

test.each([
  ['integer', 'bigint'],
  ['character varying:20', 'character varying:10'],
  ['character varying', 'character varying:10'],
  ['text', 'character varying:10'],
  ['numeric:12,2', 'numeric:12,4'],
  ['numeric', 'numeric:12,2'],
  ['json', 'jsonb'],
  ['timestamp without time zone', 'timestamp with time zone'],
])('%s to %s may rewrite', (from, to) => {
  expect(isWidening(parse(from), parse(to))).toBe(false)
})
