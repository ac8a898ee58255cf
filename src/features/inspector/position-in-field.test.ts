import { expect, test } from 'vitest'
import type { Problem } from '../../core/model/problem.ts'
import { positionInField } from './position-in-field.ts'

const problem = (sql: string, position: number): Problem => ({
  code: '42703',
  severity: 'error',
  source: 'PostgreSQL',
  message: 'column "b" does not exist',
  sql,
  position,
})

test('a position in the statement becomes one in the expression, in code points', () => {
  const sql = 'ALTER TABLE "🐘" ADD CHECK (a <> \'🐘\' AND b > 0)'
  const text = "a <> '🐘' AND b > 0"
  const position = [...sql.slice(0, sql.indexOf('b > 0'))].length + 1
  const found = positionInField(problem(sql, position), text)
  expect([...text][(found ?? 0) - 1]).toBe('b')
})

test('a place outside the text is none, the right one of several texts is taken', () => {
  expect(positionInField(problem('SELECT x, a', 8), 'a')).toBeNull()
  expect(positionInField(problem('SELECT a, a', 11), 'a')).toBe(1)
  expect(positionInField({ ...problem('', 1), sql: 'other' }, 'a')).toBeNull()
})

test('without a position, the name in the message is looked for as a whole word', () => {
  const { position: _, ...silent } = { ...problem('ALTER TABLE t ADD CHECK (xamnt > amnt)', 1) }
  const named = { ...silent, message: 'column "amnt" does not exist' }
  expect(positionInField(named, 'xamnt > amnt')).toBe(9)
  expect(positionInField({ ...named, message: 'column "b" does not exist' }, 'xamnt > amnt')).toBeNull()
  expect(positionInField({ ...named, message: 'syntax error' }, 'xamnt > amnt')).toBeNull()
})
