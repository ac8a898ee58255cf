import { expect, test } from 'vitest'
import { isConstant } from './constant.ts'

test.each([
  '5',
  '-1.5',
  "'it''s'",
  "'published'::character varying",
  "'{}'::jsonb",
  "'2020-01-01 00:00:00'::timestamp without time zone",
  "'a'::app.mood",
  '(0)::numeric(10,2)',
  'now()',
  'CURRENT_TIMESTAMP',
  "'{}'::text[]",
  'true',
])('%s is one value for all rows', (expression) => {
  expect(isConstant(expression)).toBe(true)
})

test.each([
  'gen_random_uuid()',
  'random()',
  "nextval('s'::regclass)",
  'lower(title)',
  'title',
  "'a' || random()",
  '',
])('%s may differ from row to row', (expression) => {
  expect(isConstant(expression)).toBe(false)
})
