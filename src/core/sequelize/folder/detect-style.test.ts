import { expect, test } from 'vitest'
import { folderFiles } from '../../../database/replay/folder-cases.test-kit.ts'
import { settled } from '../file-style.ts'
import { seedPlan } from '../migration.test-kit.ts'
import { detectStyle } from './detect-style.ts'
import { findServices } from './find-services.ts'
import { type FolderStyle, styleChoices, usualStyle } from './style.ts'
import { writeNext } from './write-next.ts'

const stamp = new Date('2026-01-15T12:00:00Z')

function detected(folder: string, name?: string) {
  const files = folderFiles(folder)
  const service = findServices(files).find((one) => name === undefined || one.name === name)
  if (!service) throw new Error(`No service in ${folder}`)
  return detectStyle(files, service)
}

const plain = { ...usualStyle, strict: false, typeComment: false, transactions: 'several' } as const
const bare = { ...plain, semicolons: false } as const

const cases: readonly (readonly [string, FolderStyle])[] = [
  ['blog', { ...plain, strict: true, columns: 'camel', timestamps: true }],
  ['shop', { ...plain, numbering: 'number', shape: '###', transactions: 'always', timestamps: true }],
  ['crm-ts', { ...bare, ending: 'ts', modules: 'esm', library: 'DataTypes' }],
  ['library-esm', { ...bare, shape: '########', modules: 'esm', exports: 'members' }],
  [
    'ledger-umzug',
    {
      ...bare,
      ...{ numbering: 'number', shape: '##', separator: '_', words: 'snake' },
      ...{ ending: 'cjs', exports: 'members', call: 'context', library: 'DataTypes' },
    },
  ],
  ['legacy-missing', { ...plain, shape: '########', columns: 'camel' }],
  ['tracker-sql', { ...plain, strict: true, exports: 'members' }],
  ['portal-helpers', { ...plain, numbering: 'number', shape: '##' }],
  ['quirks', { ...plain, numbering: 'none', shape: '', columns: 'camel' }],
  ['billing-broken', { ...plain, numbering: 'number', shape: '#' }],
  ['stock-down', plain],
]

for (const [folder, style] of cases) {
  test(`${folder}: as its files are written`, () => {
    expect(detected(folder).style).toEqual(style)
  })
}

test('services of one folder have styles of their own', () => {
  const style = {
    ...plain,
    ...{ numbering: 'number', shape: '####', separator: '_', words: 'snake', queryInterface: 'qi' },
  }
  expect(detected('services', 'orders').style).toEqual(style)
})

test('each setting says how many files show it', () => {
  const { votes } = detected('shop')
  expect(votes.get('numbering')).toEqual({ agreeing: 2, voting: 3 })
  expect(votes.get('transactions')).toEqual({ agreeing: 2, voting: 3 })
  expect(votes.get('quotes')).toEqual({ agreeing: 3, voting: 3 })
  expect(detected('services', 'accounts').votes.has('library')).toBe(false)
})

const style = (files: Readonly<Record<string, string>>) => {
  const folder = new Map(Object.entries(files).map(([name, text]) => [`migrations/${name}`, text]))
  return detectStyle(folder, { root: '', migrations: [...folder.keys()].sort() }).style
}

test('of as many files the newest decides', () => {
  const quoted = (text: string) => `module.exports = { up: (q) => q.dropTable(${text}) };`
  expect(style({ '1-a.js': quoted('"a"'), '2-b.js': quoted("'b'") }).quotes).toBe('single')
  expect(style({ '1-a.js': quoted("'a'"), '2-b.js': quoted('"b"') }).quotes).toBe('double')
})

test('quotes, semicolons and words inside of strings, templates and comments are not the style', () => {
  const text = `// "a"; "b"; exports.up = "x";
module.exports = {
\tup: async (queryInterface, Sequelize) => {
\t\t/* sequelize.transaction( "no" ); */
\t\tawait queryInterface.sequelize.query(\`
    INSERT INTO t VALUES ("a", 'it''s');
    UPDATE t SET "b" = 1;
\`)
\t\tawait queryInterface.addColumn('t', 'say "hi"', Sequelize.TEXT)
\t},
}
`
  expect(style({ '20240101120000-a.js': text })).toEqual({ ...bare, indent: '\t' })
})

test('what cannot be read shows nothing, and nothing shown is as sequelize-cli writes', () => {
  const broken = {
    '1.js': '',
    '2-a.js': "module.exports = { up: '",
    '3-b.js': '`',
    '4-c.js': '/* ',
    '5-d.js': ')))',
  }
  expect(style(broken)).toMatchObject({ numbering: 'number', shape: '#', ending: 'js', indent: '  ' })
  expect(style({})).toEqual({ ...usualStyle, strict: false })
})

test('a long file is read without losing breath', () => {
  const rows = `'${"it\\'s ".repeat(200_000)}'`
  expect(style({ '1-a.js': `exports.up = (q) => q.bulkInsert("t", [${rows}])` }).exports).toBe('members')
})

test('what is written in a style is read as that style, whichever of its settings was chosen', () => {
  const service = { migrationsFolder: 'db', migrations: [], others: [] }
  const read = new Set(Object.keys(styleChoices))
  // Of these one file of one plan shows nothing, or not what was set but what it rules out.
  for (const silent of ['numbering', 'columns', 'timestamps', 'paranoid', 'modules', 'transactions'])
    read.delete(silent)
  for (const [setting, values] of Object.entries(styleChoices)) {
    for (const value of values) {
      const wanted = settled({ ...usualStyle, [setting]: value })
      const { files } = writeNext({
        plan: seedPlan,
        title: 'add slug',
        stamp,
        style: wanted,
        service,
        services: [],
      })
      const [file] = files
      if (!file) throw new Error('Nothing was written')
      const { style: found } = detectStyle(new Map([[file.path, file.source]]), {
        root: '',
        migrations: [file.path],
      })
      const shown = Object.fromEntries(Object.entries(found).filter(([name]) => read.has(name)))
      const isModule = wanted.modules === 'esm'
      const unstrict = isModule || wanted.ending.endsWith('ts') ? { strict: false } : {}
      const untyped =
        wanted.ending.endsWith('ts') || wanted.exports === 'members' ? { typeComment: false } : {}
      expect(shown, `${setting} ${value}`).toEqual({
        ...Object.fromEntries(Object.entries(wanted).filter(([name]) => read.has(name))),
        ...unstrict,
        ...untyped,
      })
    }
  }
})
