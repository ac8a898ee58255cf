import { expect, test } from 'vitest'
import { isNumber, isNumberOrNull, isText, isTextOrNull } from '../../core/kinds/fields.ts'
import { parseFieldText, textOfValue } from './field-text.ts'

test('a name is taken as typed, spaces and all, but not empty and not beyond 63 bytes', () => {
  expect(parseFieldText(' Two Words ', { type: 'name' }, isText)).toEqual({ value: ' Two Words ' })
  expect(parseFieldText('', { type: 'name' }, isText)).toEqual({ error: 'A name is needed.' })
  expect(parseFieldText('🐘'.repeat(16), { type: 'name' }, isText)).toEqual({
    error: 'PostgreSQL keeps 63 bytes of a name; this one has 64.',
  })
})

test('an empty expression is none where that is allowed, otherwise refused', () => {
  expect(parseFieldText('  ', { type: 'expression' }, isTextOrNull)).toEqual({ value: null })
  expect(parseFieldText('  ', { type: 'expression' }, isText)).toEqual({ error: 'An expression is needed.' })
  expect(parseFieldText(' a > 0 ', { type: 'expression' }, isText)).toEqual({ value: 'a > 0' })
})

test('numbers', () => {
  expect(parseFieldText('12.5', { type: 'number' }, isNumber)).toEqual({ value: 12.5 })
  expect(parseFieldText('', { type: 'number' }, isNumberOrNull)).toEqual({ value: null })
  expect(parseFieldText('many', { type: 'number' }, isNumber)).toEqual({ error: '"many" is not a number.' })
})

test('lists are one line each', () => {
  expect(parseFieldText('a\n\n b', { type: 'texts' }, () => true)).toEqual({ value: ['a', ' b'] })
  expect(textOfValue(['a', ' b'])).toBe('a\n b')
})

test('code keeps its white space', () => {
  expect(parseFieldText('\nBEGIN\nEND\n', { type: 'code', language: 'plpgsql' }, isText)).toEqual({
    value: '\nBEGIN\nEND\n',
  })
})
