import { expect, test } from 'vitest'
import { resultInserts } from './result-inserts.ts'

const fields = [
  { name: 'id', type: 'bigint' },
  { name: 'Full name', type: 'text' },
  { name: 'ok', type: 'boolean' },
  { name: 'amount', type: 'numeric(10,2)' },
]

test('rows are written as an INSERT into the table that was read', () => {
  expect(
    resultInserts('select * from sales."Odd ""one""" o where id > 0', fields, [
      ['1', "it's", 't', 'NaN'],
      ['-2', '7', null, '1.50'],
    ]),
  ).toBe(`INSERT INTO sales."Odd ""one""" (id, "Full name", ok, amount) VALUES
  (1, 'it''s', true, 'NaN'),
  (-2, '7', NULL, 1.50);
`)
})

test('of several tables or none, into one that a person names', () => {
  expect(resultInserts('select 1', [{ name: 'a', type: 'integer' }], [['1']])).toContain(
    'INSERT INTO rows (a)',
  )
  expect(resultInserts('select * from a join b using (id)', fields, [['1', '', 'f', '0']])).toContain(
    'INTO rows',
  )
  expect(resultInserts('select * from a', fields, [])).toBe('')
})
