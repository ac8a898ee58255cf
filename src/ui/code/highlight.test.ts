import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlightJson, highlightSql } from './highlight.ts'

test('colours keywords, strings, numbers and comments of SQL', () => {
  expect(highlightSql(`ALTER x DEFAULT 'it''s' -- 1`)).toEqual([
    { kind: 'keyword', text: 'ALTER' },
    { kind: 'plain', text: ' x ' },
    { kind: 'keyword', text: 'DEFAULT' },
    { kind: 'plain', text: ' ' },
    { kind: 'string', text: "'it''s'" },
    { kind: 'plain', text: ' ' },
    { kind: 'comment', text: '-- 1' },
  ])
})

test('a dollar-quoted body is one string, a quoted name is none', () => {
  expect(highlightSql('$a$select 1$a$').map((token) => token.kind)).toEqual(['string'])
  expect(highlightSql('"select"')).toEqual([{ kind: 'plain', text: '"select"' }])
})

test('JSON keys differ from JSON strings', () => {
  expect(highlightJson('{"a": "b"}').filter((token) => token.kind !== 'plain')).toEqual([
    { kind: 'name', text: '"a"' },
    { kind: 'string', text: '"b"' },
  ])
})

test('no character is lost or added', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(joined(highlightSql(text))).toBe(text)
      expect(joined(highlightJson(text))).toBe(text)
    }),
  )
})

function joined(tokens: readonly { readonly text: string }[]): string {
  return tokens.map((token) => token.text).join('')
}
