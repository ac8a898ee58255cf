import { expect, test } from 'vitest'
import { columnWidth, commaSeparated, isRightAligned, rangeBetween, tabSeparated } from './grid-data.ts'

const rows = [
  ['1', 'a\tb', null],
  ['2', 'line\nend', 'x'],
]

test('copies the range between two cells in whichever order', () => {
  expect(tabSeparated(rows, rangeBetween({ row: 1, column: 1 }, { row: 0, column: 0 }))).toBe(
    '1\ta b\n2\tline end',
  )
  expect(tabSeparated(rows, rangeBetween({ row: 0, column: 2 }, { row: 0, column: 2 }))).toBe('')
})

test('CSV tells null from the empty text and quotes what needs it', () => {
  const columns = [
    { name: 'a', type: 'text' },
    { name: 'b,c', type: 'text' },
  ]
  expect(
    commaSeparated(columns, [
      ['', null],
      ['say "x"', 'y'],
    ]),
  ).toBe('a,"b,c"\r\n"",\r\n"say ""x""",y\r\n')
})

test('numbers and dates are right-aligned, arrays of them are not', () => {
  expect(['integer', 'numeric(12,2)', 'timestamp with time zone'].every(isRightAligned)).toBe(true)
  expect(['integer[]', 'text', 'jsonb', 'int4range'].some(isRightAligned)).toBe(false)
})

test('width follows the content within bounds', () => {
  expect(columnWidth({ name: 'id', type: 'integer' }, ['1'])).toBe(72)
  expect(columnWidth({ name: 'id', type: 'text' }, ['x'.repeat(500)])).toBe(300)
})
