import { expect, test } from 'vitest'
import { copyRows, insertsOfCopy } from './copy-text.ts'

test('reads fields, NULL and escapes of the text format', () => {
  expect(copyRows("1\tit's\\ta \\\\N\\n\\x41\\101\t\\N\r\n2\t\t\\.x\n")).toEqual([
    ['1', "it's\ta \\N\nAA", null],
    ['2', '', '.x'],
  ])
  expect(copyRows('')).toEqual([])
})

test('writes the rows as INSERTs of at most 500, and leaves other formats', () => {
  const node = {
    relation: { schemaname: 'app', relname: 'Lamp' },
    attlist: [{ String: { sval: 'id' } }, { String: { sval: 'Name' } }],
    is_from: true,
  }
  const data = Array.from({ length: 501 }, (_none, index) => `${index}\t\\N\n`).join('')
  const [first = '', second = '', ...others] = insertsOfCopy(node, data) ?? []
  expect(
    first.startsWith('INSERT INTO app."Lamp" (id, "Name") OVERRIDING SYSTEM VALUE VALUES\n(\'0\', NULL),'),
  ).toBe(true)
  expect(second).toBe('INSERT INTO app."Lamp" (id, "Name") OVERRIDING SYSTEM VALUE VALUES\n(\'500\', NULL)')
  expect(others).toEqual([])
  expect(insertsOfCopy({ ...node, options: [{ DefElem: {} }] }, data)).toBe(null)
})
