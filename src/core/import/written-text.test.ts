import { expect, test } from 'vitest'
import type { SourceStatement } from '../sql/split.ts'
import { expressionTexts, sameButForLayout, signatureOf } from './written-text.ts'

const statement = (type: string, sql: string): SourceStatement => ({
  sql,
  line: 1,
  start: 0,
  content: { type: 'statement', parsed: { type, node: {} } },
})

test.each([
  [
    "status IN ('a', 'b')",
    "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
  ],
  ['rating BETWEEN 1 AND 5', '((rating >= 1) AND (rating <= 5))'],
  ["'{}'", "'{}'::jsonb"],
  ['-1', "'-1'::integer"],
  ["created > now() - interval '1 day'", "(created > (now() - '1 day'::interval))"],
  ['"Odd Name" != \'x\'', '("Odd Name" <> \'x\'::text)'],
])('%s is recognised in PostgreSQL’s print', (written, printed) => {
  expect(signatureOf(written)).toBe(signatureOf(printed))
})

test('other columns or constants make another expression', () => {
  expect(signatureOf('a > 1')).not.toBe(signatureOf('b > 1'))
  expect(signatureOf("a = 'x'")).not.toBe(signatureOf("a = 'y'"))
})

test('clauses are cut out of statements', () => {
  const table = `CREATE TABLE t (a int DEFAULT 1 + (2) NOT NULL, b text DEFAULT 'x,y' CHECK (length(b) > 0),
    c int GENERATED ALWAYS AS (a * 2) STORED, CONSTRAINT k CHECK (a < (3)))`
  expect(expressionTexts(statement('CreateStmt', table))).toEqual([
    '1 + (2)',
    "'x,y'",
    'length(b) > 0',
    'a * 2',
    'a < (3)',
  ])
  const alter = "ALTER TABLE t ALTER COLUMN a SET DEFAULT 5, ADD COLUMN d text DEFAULT 'q'"
  expect(expressionTexts(statement('AlterTableStmt', alter))).toEqual(['5', "'q'"])
  const index = 'CREATE INDEX i ON t (lower(b) text_pattern_ops, (c + 1) DESC, ((a)), a) WHERE a > 0'
  expect(expressionTexts(statement('IndexStmt', index))).toEqual(['a > 0', 'lower(b)', '(c + 1)', '(a)'])
  const view = 'CREATE VIEW v (x) AS SELECT a AS x FROM t WITH LOCAL CHECK OPTION'
  expect(expressionTexts(statement('ViewStmt', view))).toEqual(['SELECT a AS x FROM t'])
  expect(expressionTexts(statement('DropStmt', 'DROP TABLE t'))).toEqual([])
})

test('layout is white space', () => {
  expect(sameButForLayout('(a > 0)', '(a>0)')).toBe(true)
  expect(sameButForLayout('a > 0', 'a > 1')).toBe(false)
})
