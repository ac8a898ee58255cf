import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { runMigrate } from '../../src/cli/migrate.ts'
import { readFolder } from '../../src/cli/read-folder.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { addCheck, addIndex } from '../../src/core/commands/add-parts.ts'
import { renameObject } from '../../src/core/commands/rename.ts'
import { Drawing } from '../../src/core/commands/sample-document.test-kit.ts'
import { documentSql } from '../../src/core/ddl/ddl-of-document.ts'
import type { SchemaDocument } from '../../src/core/model/document.ts'
import { initialSettings } from '../../src/core/project/migration-settings.ts'
import { writeProject } from '../../src/core/project/project-file.ts'
import { findServices } from '../../src/core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../../src/core/sequelize/folder/folder-files.ts'
import { noModels } from '../../src/core/sequelize/models/model-facts.ts'
import { folderCases, folderFiles } from '../../src/database/replay/folder-cases.test-kit.ts'
import { catalogOf } from '../fixtures/pglite-catalog.ts'
import { copyFolder, realFolders } from '../fixtures/real-folders.ts'
import { realLast } from '../fixtures/real-replay.ts'

const at = realFolders()

const copied = (name: string, files: FolderFiles): string => copyFolder(at.work, name, files)

/** A table with what is hard to quote, and a column of the folder's under another name. */
function edited(document: SchemaDocument, column: string, name: string): SchemaDocument {
  const drawing = new Drawing('drawn')
  drawing.document = document
  const table = drawing.table(
    'audit_log',
    `note text not null default 'it''s "so" \`tick\` \${x} \\ back'`,
    'amount numeric(12,2) default 0',
    'at timestamptz not null default now()',
  )
  const note = drawing.named('note').id
  drawing.do((now) => addIndex(now, { id: drawing.newId(), table, columns: [note] }))
  drawing.do((now) => addCheck(now, { id: drawing.newId(), table, expression: `note <> 'a "b" \\c'''` }))
  drawing.do((now) => renameObject(now, { object: drawing.named(column, 'column').id, name }))
  return drawing.document
}

function project(path: string, baseline: SchemaDocument, document: SchemaDocument): string {
  const nothing = { replayed: [], history: [], reopened: [], queries: [] }
  const settled = { ...nothing, models: noModels, migration: initialSettings }
  writeFileSync(path, writeProject({ id: 'p', name: 'p', baseline, document, ...settled }))
  return path
}

function listening(): { readonly terminal: Terminal; readonly said: string[] } {
  const said: string[] = []
  return { said, terminal: { out: (text) => void said.push(text), note: (line) => void said.push(line) } }
}

const migrate = (folder: string, options: Record<string, string | true>, terminal: Terminal) =>
  runMigrate({ command: 'migrate', inputs: [folder], options, lists: {} }, at.database, terminal)

interface WrittenCase {
  readonly name: string
  readonly title?: string
  readonly rename: readonly [string, string]
  readonly file: RegExp
  readonly text: RegExp
}

const cases: readonly WrittenCase[] = [
  {
    name: 'blog',
    rename: ['views', 'viewCount'],
    file: /^migrations\/2\d{13}-add-audit\.js$/,
    text: /^'use strict';\n[\s\S]*\nmodule\.exports = \{\n {2}async up\(queryInterface, Sequelize\) \{/,
  },
  {
    name: 'shop',
    rename: ['placed_on', 'placed_at'],
    file: /^src\/db\/changes\/2\d{13}-add-audit\.js$/,
    text: /^(\/\/ .*\n)+\nmodule\.exports = \{/,
  },
  {
    name: 'crm-ts',
    rename: ['born', 'birthday'],
    file: /^src\/database\/migrations\/2\d{13}-add-audit\.ts$/,
    text: /^import type \{ QueryInterface \} from 'sequelize'\nimport \{ DataTypes, Sequelize \} from 'sequelize'\n/,
  },
  {
    name: 'library-esm',
    rename: ['title', 'name'],
    file: /^db\/migrations\/2\d{7}-add-audit\.js$/,
    text: /\nexport async function up\(queryInterface, Sequelize\) \{\n/,
  },
  {
    name: 'ledger-umzug',
    rename: ['iban', 'account_number'],
    file: /^src\/migrations\/03_add_audit\.cjs$/,
    text: /\nexports\.up = async \(\{ context: queryInterface \}\) => \{\n/,
  },
  {
    name: 'portal-helpers',
    rename: ['since', 'member_since'],
    file: /^migrations\/04-add-audit\.js$/,
    text: /module\.exports = \{/,
  },
  {
    name: 'legacy-missing',
    title: 'legacy-missing on its base',
    rename: ['state', 'status'],
    file: /^migrations\/2\d{7}-add-audit\.js$/,
    text: /module\.exports = \{/,
  },
]

for (const { name, title = name, rename, file, text } of cases) {
  test(`${title}: what is written builds what was drawn on a real server, and is undone there`, async () => {
    const folderCase = folderCases.find((one) => (one.title ?? one.name) === title)
    if (!folderCase) throw new Error(`No folder ${title}`)
    const files = folderFiles(name)
    const { base } = folderCase
    const services = findServices(files)
    const request = { files, services, onFailure: 'stop' } as const
    const { document } = await at.database.replay(base === undefined ? request : { ...request, base })
    const drawn = edited(document, ...rename)
    const folder = copied(`${name}-copy`, files)
    const to = project(`${folder}.relata.json`, document, drawn)
    const options = { to, ...(base === undefined ? {} : { base: join(folder, 'base.sql') }) }

    const { terminal, said } = listening()
    const code = await migrate(folder, { ...options, name: 'add audit' }, terminal)
    expect(code, said.join('\n')).toBe(exitCodes.done)
    const now = readFolder(folder)
    const written = [...now.keys()].filter((path) => !files.has(path))
    expect(written).toEqual([expect.stringMatching(file)])
    const source = String(now.get(written[0] ?? ''))
    expect(source).toMatch(text)
    expect(source).toMatch(/renameColumn\(/)
    expect(source).toContain('Proved by Relata on PostgreSQL')

    const real = await realLast(
      at.server,
      { ...folderCase, files: now, services: findServices(now) },
      `written_${name.replace(/\W/g, '_')}`,
      at.work,
    )
    expect(real.catalog).toEqual(await catalogOf(at.scratch, drawn))
    expect(real.afterUndo).toEqual(await catalogOf(at.scratch, document))
  })
}

test('--check and --dry-run write nothing, and --check ends with 0 once the migration is there', async () => {
  const files = folderFiles('stock-down')
  const { document } = await at.database.replay({ files, services: findServices(files), onFailure: 'stop' })
  const folder = copied('stock', files)
  const to = project(join(at.work, 'stock.relata.json'), document, edited(document, 'shelf', 'shelf_id'))
  const check = listening()
  expect(await migrate(folder, { to, check: true }, check.terminal)).toBe(exitCodes.failed)
  expect(check.said.join('\n')).toContain('audit_log')
  const dry = listening()
  expect(await migrate(folder, { to, 'dry-run': true }, dry.terminal)).toBe(exitCodes.done)
  expect(dry.said.join('\n')).toContain('module.exports = {')
  expect(readFolder(folder).size).toBe(files.size)
  expect(await migrate(folder, { to }, listening().terminal)).toBe(exitCodes.done)
  expect(readFolder(folder).size).toBe(files.size + 1)
  expect(await migrate(folder, { to, check: true }, listening().terminal)).toBe(exitCodes.done)
})

test('a folder that fails gets nothing, and one that does not say what is wanted asks', async () => {
  const folder = copied('broken', folderFiles('billing-broken'))
  const before = readdirSync(join(folder, 'migrations'))
  const { terminal, said } = listening()
  expect(await migrate(folder, { to: '-' }, terminal)).toBe(exitCodes.failed)
  expect(said.join('\n')).toContain('--skip-failing')
  expect(readdirSync(join(folder, 'migrations'))).toEqual(before)
  const whole = copied('whole', folderFiles('blog'))
  await expect(migrate(whole, {}, terminal)).rejects.toThrow('--to says which schema is wanted')
})

test('of several services it says which gets the migration, and how another is chosen', async () => {
  const files = folderFiles('services')
  const services = findServices(files, await at.database.runSequelizercs({ files }))
  const { document } = await at.database.replay({ files, services, onFailure: 'stop' })
  const folder = copied('services', files)
  const { terminal, said } = listening()
  const to = join(at.work, 'services.sql')
  writeFileSync(to, `${documentSql(document)} CREATE TABLE lonely (id integer PRIMARY KEY);`)
  expect(await migrate(folder, { to, 'dry-run': true }, terminal), said.join('\n')).toBe(exitCodes.done)
  expect(said.join('\n')).toContain('goes into orders, which runs last. --into names another: accounts.')
  const nobody = migrate(folder, { to, into: 'nobody' }, terminal)
  await expect(nobody).rejects.toThrow('There is no service nobody in')
  const twins = copyFolder(folder, 'twins', files)
  await expect(migrate(join(twins, '..'), { to, into: 'orders' }, terminal)).rejects.toThrow(
    '2 services are meant by orders. Name one by its migrations: apps/orders/migrations, twins/apps/orders/migrations.',
  )
})
