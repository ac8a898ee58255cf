import { expect, test } from 'vitest'
import type { Indent } from './code-style.ts'
import { type FileStyle, settled, usualFile } from './file-style.ts'
import { jsString, sqlLiteral } from './js-value.ts'
import { expectFormatted, seedPlan, step, widePlan } from './migration.test-kit.ts'
import { renderMigrations } from './render-migration.ts'

const stamp = new Date('2026-01-15T12:00:00Z')
const render = (style: FileStyle, plan = widePlan) =>
  renderMigrations({ plan, title: 'add a', stamp, style, header: ['Proved by Relata.'] })

const bases: readonly Partial<FileStyle>[] = [
  {},
  { exports: 'members', strict: false, queryInterface: 'qi' },
  { ending: 'mjs', call: 'context', library: 'DataTypes' },
  { modules: 'esm', library: 'DataTypes' },
  { ending: 'ts', modules: 'esm' },
  { ending: 'ts', modules: 'esm', exports: 'members', library: 'DataTypes' },
  { ending: 'mts', call: 'context' },
  { ending: 'cjs', call: 'context', library: 'DataTypes' },
]
const indents: readonly Indent[] = ['  ', '    ', '\t']

for (const quotes of ['single', 'double'] as const) {
  for (const semicolons of [true, false]) {
    for (const indent of indents) {
      const code = { quotes, semicolons, indent }
      test(`Biome has nothing to reformat in any frame: ${JSON.stringify(code)}`, () => {
        const files = bases.flatMap((base, index) =>
          render({ ...usualFile, ...base, ...code }).map((file) => ({
            ...file,
            fileName: `${index}-${file.fileName}`,
          })),
        )
        expect(files.length).toBe(bases.length * 2)
        expectFormatted(files, { ...usualFile, ...code })
      })
    }
  }
}

const one = step('Add column t.a', [
  { method: 'addColumn', args: ['t', 'a', { type: { code: 'Sequelize.TEXT' } }] },
])
const two = step('Drop column t.b', [{ method: 'removeColumn', args: ['t', 'b'] }])

test('without the habit of transactions one statement stands alone, and several still share one', () => {
  const style = { ...usualFile, transactions: 'several' } as const
  const [file] = render(style, { up: [one], down: [one, two], refusals: [] })
  const [up = '', down = ''] = file?.source.split('async down') ?? []
  expect(up).toContain("    await queryInterface.addColumn('t', 'a', { type: Sequelize.TEXT });\n")
  expect(up).not.toContain('transaction')
  expect(down).toContain('sequelize.transaction(')
  expect(down.match(/\{ transaction \}/g)).toHaveLength(2)
  const calls = [...(one.calls ?? []), ...(two.calls ?? [])]
  expect(render(style, { up: [{ ...one, calls }], down: [], refusals: [] })[0]?.source).toContain(
    'transaction(',
  )
})

test('what a style rules out is put right', () => {
  expect(settled({ ...usualFile, ending: 'cjs', modules: 'esm' }).modules).toBe('commonjs')
  expect(settled({ ...usualFile, ending: 'mts' }).modules).toBe('esm')
  expect(settled({ ...usualFile, ending: 'ts', call: 'context' })).toMatchObject({
    exports: 'members',
    library: 'DataTypes',
  })
  expect(settled(usualFile)).toEqual(usualFile)
})

test('what no parameter brings is imported, and only that', () => {
  const key = step('Add key', [
    {
      method: 'addConstraint',
      args: ['t'],
      options: {
        deferrable: { code: 'Sequelize.Deferrable.INITIALLY_DEFERRED' },
        where: sqlLiteral('a > 0'),
      },
    },
  ])
  const plan = { up: [one, key], down: [], refusals: [] }
  const style = { ...usualFile, library: 'DataTypes' } as const
  const [source = ''] = render(style, plan).map((file) => file.source)
  expect(source).toContain("const { Deferrable, Sequelize } = require('sequelize');\n")
  expect(source).toContain('async up(queryInterface, DataTypes) {')
  expect(source).toContain('deferrable: Deferrable.INITIALLY_DEFERRED')
  expect(source).toContain("Sequelize.literal('a > 0')")
  expect(source).toContain('type: DataTypes.TEXT')
  const context = { ...style, ending: 'mjs', call: 'context' } as const
  expect(render(context, plan)[0]?.source).toMatch(
    /^import \{ DataTypes, Deferrable, Sequelize \} from 'sequelize';/,
  )
  expect(render(usualFile, seedPlan)[0]?.source).not.toContain('require(')
})

test('texts keep their meaning in either quotes', () => {
  for (const quotes of ['single', 'double'] as const) {
    for (const text of [
      `it's`,
      'say "hi"',
      `both ' and "`,
      '`$'.concat('{x}`'),
      'a\\b',
      'line\nbreak',
      '\u2028',
      '',
    ]) {
      const printed = jsString(text, { quotes })
      expect(new Function(`return ${printed}`)()).toBe(text)
    }
    expect(jsString('plain', { quotes })).toBe(quotes === 'single' ? "'plain'" : '"plain"')
  }
})
