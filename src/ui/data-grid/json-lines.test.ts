import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonLines, jsonSize } from './json-lines.ts'

const text = (json: string) => jsonLines(json)?.map((line) => line.text)

test('lays objects out by key, short arrays on one line', () => {
  expect(text('{"tier":2,"interests":["AI","ML"],"empty":{}}')).toEqual([
    '{',
    '  "tier": 2,',
    '  "interests": ["AI", "ML"],',
    '  "empty": {}',
    '}',
  ])
})

test('a line knows its path and value', () => {
  const line = jsonLines('{"a":{"b c":[{"d":1}]}}')?.find((candidate) => candidate.scalar !== null)
  expect(line).toMatchObject({ path: ['a', 'b c', 0, 'd'], scalar: '1' })
})

test('numbers keep every digit', () => {
  expect(text('[12345678901234567890.123456789]')).toEqual(['[12345678901234567890.123456789]'])
})

test('what is not JSON is left alone', () => {
  expect(jsonLines('{a,b}')).toBeNull()
  expect(jsonLines('{"a":1')).toBeNull()
  expect(jsonLines('')).toBeNull()
})

test('any JSON is laid out with its meaning kept', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value)
      expect(JSON.stringify(JSON.parse(text(json)?.join('\n') ?? ''))).toBe(json)
    }),
  )
})

test('counts keys and items', () => {
  expect(jsonSize('{"a":1,"b":{"c":2}}')).toBe('2 keys')
  expect(jsonSize('[1,2,3]')).toBe('3 items')
  expect(jsonSize('[]')).toBe('0 items')
  expect(jsonSize('[{"a":1}]')).toBe('1 item')
  expect(jsonSize('3')).toBeNull()
})
