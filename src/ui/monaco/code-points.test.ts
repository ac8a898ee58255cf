import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePointOffset, errorSpan, utf16Index } from './code-points.ts'

test('a position after an emoji is one code point but two units further', () => {
  expect(utf16Index('🐘 x', 3)).toBe(3)
  expect('🐘 x'.slice(utf16Index('🐘 x', 3))).toBe('x')
  expect(utf16Index('abc', 1)).toBe(0)
  expect(utf16Index('abc', 99)).toBe(3)
})

test('code points and UTF-16 indexes are inverse', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(), (text, n) => {
      const offset = (n % ([...text].length + 1)) + 1
      expect(codePointOffset(text, utf16Index(text, offset))).toBe(offset)
    }),
  )
})

test('the span is the whole word, quoted name or sign', () => {
  const at = (text: string, index: number) => {
    const { start, end } = errorSpan(text, index)
    return text.slice(start, end)
  }
  expect(at('select frst_name from x', 7)).toBe('frst_name')
  expect(at('select "a ""b" from x', 7)).toBe('"a ""b"')
  expect(at('select )', 7)).toBe(')')
  expect(at('select (1', 9)).toBe('1')
})
