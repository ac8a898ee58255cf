import { expect, test } from 'vitest'
import { pgType } from '../../model/pg-type.ts'
import { validationsOf } from './validations.ts'

const column = (name: string, type: string) => ({ name, type: pgType(type) })

test.each([
  ['rating', 'integer', 'rating BETWEEN 1 AND 5', { min: 1, max: 5 }],
  ['rating', 'integer', '((rating >= 1) AND (rating <= 5))', { min: 1, max: 5 }],
  ['amount', 'numeric', 'amount >= 0', { min: 0 }],
  ['amount', 'numeric', '(amount >= (0)::numeric)', { min: 0 }],
  ['size', 'integer', 'size > 0', { min: 1 }],
  ['status', 'text', "status IN ('new', 'it''s')", { isIn: [['new', "it's"]] }],
  [
    'status',
    'character varying',
    "((status)::text = ANY ((ARRAY['new'::character varying, 'old'::character varying])::text[]))",
    { isIn: [['new', 'old']] },
  ],
  ['title', 'text', 'char_length(title) <= 200', { len: [0, 200] }],
  ['title', 'text', '(length(title) < 10)', { len: [0, 9] }],
])('%s %s: %s', (name, type, expression, rules) => {
  expect(validationsOf(expression, column(name, type))).toEqual(rules)
})

test.each([
  ['amount', 'numeric', 'amount > 0'],
  ['rating', 'integer', 'rating >= 1 OR other'],
  ['rating', 'integer', 'rating >= other'],
  ['rating', 'integer', 'rating2 >= 1'],
  ['status', 'text', "status <> ''"],
  ['status', 'text', "status IN ('a', lower('b'))"],
  ['status', 'character', "status IN ('a')"],
])('%s %s: %s is left to PostgreSQL', (name, type, expression) => {
  expect(validationsOf(expression, column(name, type))).toBeNull()
})
