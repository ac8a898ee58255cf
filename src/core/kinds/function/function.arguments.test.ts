import { expect, it } from 'vitest'
import { argumentTypes, splitList } from './function.arguments.ts'

it.each([
  ['', []],
  ['integer', ['integer']],
  ["a int, b varchar(20) DEFAULT 'x, y'", ['integer', 'varchar']],
  ['double precision', ['double precision']],
  ['x double precision = 1.5', ['double precision']],
  ['at timestamp(3) with time zone := now()', ['timestamptz']],
  ['OUT o text, INOUT b bigint, VARIADIC "my, rest" text[]', ['bigint', 'text[]']],
  ['IN "a b" app."My Type"[]', ['app."My Type"[]']],
  ['name text', ['text']],
  ['contacts', ['contacts']],
  ['a numeric(10,2) DEFAULT coalesce(1, 2)', ['numeric']],
])('%s', (text, types) => {
  expect(argumentTypes(text)).toEqual(types)
})

it('splits at commas outside of brackets and quotes', () => {
  expect(splitList(`a, b(1, 2), 'c,d', "e,f", g[1,2]`)).toEqual(['a', 'b(1, 2)', `'c,d'`, `"e,f"`, 'g[1,2]'])
})
