import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsValue } from './call.ts'
import { jsString, printCall, printJsValue } from './js-value.ts'
import { sqlTemplate } from './sql-template.ts'

const evaluate = (code: string): unknown => new Function('Sequelize', `return ${code}`)({ literal: String })

const text = fc.string({ unit: 'binary', maxLength: 60 })
const jsonValue = fc.letrec<{ value: JsValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== 'code'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value

test('any text evaluates to itself as a string', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(evaluate(jsString(value))).toBe(value)
    }),
  )
})

test('any value evaluates to itself, whatever the width left', () => {
  fc.assert(
    fc.property(jsonValue, fc.nat(100), (value, column) => {
      expect(evaluate(`(${printJsValue(value, 2, column, 1)})`)).toEqual(value)
    }),
  )
})

test('any one-line statement evaluates to itself, and indentation only adds spaces outside quotes', () => {
  fc.assert(
    fc.property(text, (value) => {
      const sql = `select ${value.replaceAll('\n', ' ')}`
      expect(evaluate(sqlTemplate(sql, 4))).toBe(sql)
    }),
  )
})

test('lines inside strings, quoted names and bodies are not indented', () => {
  const sql = [
    'CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$',
    'BEGIN',
    `  RETURN 'a\\\`\${x}';`,
    'END',
    '$body$',
    "  SET search_path = 'one",
    "two'",
  ].join('\n')
  expect(evaluate(sqlTemplate(sql, 4))).toBe(
    `\n      CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$\n${sql
      .split('\n')
      .slice(1, 5)
      .join('\n')}\n        SET search_path = 'one\ntwo'\n    `,
  )
})

test('carriage returns and line separators survive', () => {
  const value = `a\r\nb\u2028c\u2029d\\n\`\${e}`
  expect(evaluate(jsString(value))).toBe(value)
  expect(evaluate(sqlTemplate(`select '${value}'`, 0))).toBe(`\n  select '${value}'\n`)
})

test('a key named __proto__ stays a key, and code is printed as it stands', () => {
  const value = Object.fromEntries([['__proto__', 1]])
  expect(Object.keys(Object(evaluate(`(${printJsValue(value, 0, 0, 0)})`)))).toEqual(['__proto__'])
  expect(
    printJsValue({ transaction: { code: 'transaction' }, type: { code: 'Sequelize.UUID' } }, 0, 0, 0),
  ).toBe('{ transaction, type: Sequelize.UUID }')
})

test('calls break like a formatter breaks them', () => {
  const transaction = { transaction: { code: 'transaction' } }
  expect(printCall('f', ['contacts', 'full_name', transaction], 6)).toBe(
    "f('contacts', 'full_name', { transaction })",
  )
  const options = {
    name: 'idx_contacts_custom_fields_gin',
    using: 'gin',
    where: 'x'.repeat(40),
    ...transaction,
  }
  expect(printCall('f', ['contacts', ['custom_fields'], options], 0)).toBe(
    `f('contacts', ['custom_fields'], {
  name: 'idx_contacts_custom_fields_gin',
  using: 'gin',
  where: '${'x'.repeat(40)}',
  transaction,
})`,
  )
})
