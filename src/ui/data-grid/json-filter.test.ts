import { expect, test } from 'vitest'
import { jsonFilter, jsonPath } from './json-filter.ts'

test('a path is written as jsonpath', () => {
  expect(jsonPath([])).toBe('$')
  expect(jsonPath(['a', 0, 'two words'])).toBe('$.a[0]."two words"')
})

test('a filter reads the scalar as text', () => {
  expect(jsonFilter('custom_fields', ['department'], '"Engineering"')).toBe(
    "custom_fields->>'department' = 'Engineering'",
  )
  expect(jsonFilter('Data', ['a', 1], '3')).toBe(`"Data"->'a'->>1 = '3'`)
  expect(jsonFilter('d', ["it's"], 'null')).toBe("d->>'it''s' IS NULL")
  expect(jsonFilter('d', [], '1')).toBeNull()
})
