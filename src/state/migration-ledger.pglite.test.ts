import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { addIndex } from '../core/commands/add-parts.ts'
import { addColumn } from '../core/commands/columns.ts'
import { fixFor } from '../core/commands/problem-fixes.ts'
import { passwordProblems } from '../core/commands/stored-passwords.ts'
import { isTable } from '../core/kinds/table/table.kind.ts'
import type { ObjectId } from '../core/model/object.ts'
import { pgType } from '../core/model/pg-type.ts'
import { schemaOf } from '../core/model/schema.ts'
import { pathOfFile } from '../core/sequelize/migration-file.ts'
import { openDatabase } from '../database/node-database.ts'
import { applyFix } from './apply-fix.ts'
import { pointOfFile } from './compare-points.ts'
import { connectDatabase, type DatabaseApi } from './database.ts'
import { dispatch, documentStore, openDocument, redo, undo } from './document-store.ts'
import { exportMigration, markMigrationShipped, reopenMigration } from './migration-export.ts'
import { chooseMode, chooseWay, nameMigration, selectChange, setBackfill } from './migration-settings.ts'
import { migrationStore } from './migration-state.ts'
import { compare, planNow, proveMigration } from './migration-store.ts'
import { newId } from './new-id.ts'
import { ledgerOf, noProject, projectStore } from './project-store.ts'

/** What the browser was given to download. */
const downloads = vi.hoisted((): { name: string; text: string }[] => [])
vi.mock('./files.ts', () => ({
  download: (name: string, text: string) => void downloads.push({ name, text }),
}))

let api: DatabaseApi

beforeAll(async () => {
  api = await openDatabase()
  connectDatabase(api)
})

afterAll(() => api.close())

const source = 'CREATE TABLE posts (id integer PRIMARY KEY, title text NOT NULL);'

beforeEach(async () => {
  const { document } = await api.importSql(source)
  downloads.length = 0
  projectStore.setState({ ...noProject, id: 'p', baseline: document })
  openDocument(document)
})

const ledger = () => ledgerOf(projectStore.getState())
const historyNames = () =>
  projectStore.getState().history.flatMap(({ files }) => files.map((file) => pathOfFile(file).slice(14)))

function add(id: ObjectId): void {
  dispatch('Add column', (document) => {
    const table = schemaOf(document).all(isTable)[0]?.id ?? ''
    return addColumn(document, { id, table, name: id, column: { type: pgType('text') } })
  })
}

function indexOn(column: ObjectId): void {
  dispatch('Add index', (document) => {
    const table = schemaOf(document).all(isTable)[0]?.id ?? ''
    return addIndex(document, { id: `${column} index`, table, columns: [column] })
  })
}

async function proveAndExport(): Promise<void> {
  await api.validate(documentStore.getState().document)
  await planNow()
  await proveMigration()
  expect(migrationStore.getState().proof?.passed).toBe(true)
  expect(await exportMigration('download', false)).not.toBeNull()
}

test('what is selected is proved and exported, the rest stays pending and is the next migration', async () => {
  add('slug')
  add('views')
  indexOn('views')
  selectChange('slug', false)
  await proveAndExport()
  expect(downloads[0]?.text).toContain('Add column posts.views')
  expect(downloads[0]?.text).not.toContain('slug')
  expect(historyNames()).toEqual(['-add-views-to-posts.js'])
  expect(projectStore.getState().baseline.objects.has('slug')).toBe(false)
  expect(projectStore.getState().migration.left.size).toBe(0)
  await planNow()
  expect(migrationStore.getState().title).toBe('add slug to posts')

  const exported = ledger()
  undo()
  expect(projectStore.getState()).toMatchObject({ history: [], reopened: [] })
  expect([...projectStore.getState().migration.left]).toEqual(['slug'])
  redo()
  expect(ledger()).toEqual(exported)
})

test('every decision is an edit that can be undone', () => {
  add('slug')
  const before = [ledger()]
  const decide = (decision: () => void) => {
    decision()
    expect(ledger()).not.toEqual(before.at(-1))
    before.push(ledger())
  }
  decide(() => chooseMode('zero-downtime'))
  decide(() => chooseWay('slug', 'simple'))
  decide(() => setBackfill('slug', 'lower(title)'))
  decide(() => nameMigration('Name posts'))
  decide(() => selectChange('slug', false))
  for (const earlier of before.toReversed().slice(1)) {
    undo()
    expect(ledger()).toEqual(earlier)
  }
  for (const later of before.slice(1)) {
    redo()
    expect(ledger()).toEqual(later)
  }
  const { history } = documentStore.getState()
  chooseMode('zero-downtime')
  setBackfill('slug', ' lower(title) ')
  expect(documentStore.getState().history).toBe(history)
})

test('an export that has not shipped takes later changes in and keeps its name', async () => {
  add('slug')
  await proveAndExport()
  const [first] = downloads
  add('views')
  markMigrationShipped(0, true)
  reopenMigration(0)
  expect(projectStore.getState().reopened).toEqual([])
  markMigrationShipped(0, false)
  reopenMigration(0)
  await proveAndExport()
  const [, second] = downloads
  expect(second?.name).toBe(first?.name)
  expect(second?.text).toContain('Add column posts.slug')
  expect(second?.text).toContain('Add column posts.views')
  expect(historyNames()).toEqual(['-add-slug-to-posts.js'])
  expect(projectStore.getState().reopened).toEqual([])
})

test('the migration between two points is proved and exported, and nothing moves', async () => {
  add('slug')
  await proveAndExport()
  add('views')
  const before = ledger()
  const read = await pointOfFile({ name: 'shop.sql', text: `${source} CREATE TABLE shops (id integer);` })
  if ('failure' in read) throw new Error(read.failure)
  compare({ from: { type: 'migrations', count: 0 }, to: { type: 'drawing' }, title: null })
  await proveAndExport()
  expect(downloads.at(-1)?.text).toMatch(/posts\.slug[\s\S]*posts\.views/)
  compare({ from: read.point, to: { type: 'migrations', count: 1 }, title: 'Leave the shop' })
  await proveAndExport()
  expect(downloads.at(-1)?.name).toMatch(/-leave-the-shop\.js$/)
  expect(downloads.at(-1)?.text).toContain('Drop table shops')
  expect(downloads.at(-1)?.text).toContain('Add column posts.slug')
  expect(ledger()).toEqual(before)
  compare(null)
  const broken = await pointOfFile({ name: 'x.sql', text: 'CREATE TABLE a (id nothing);' })
  expect(broken).toMatchObject({ failure: expect.stringContaining('x.sql was not read whole') })
})

test('a password that is taken out is nothing to migrate, and undo brings it back', async () => {
  const wrapper = 'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER away FOREIGN DATA WRAPPER w;'
  const mapping = `CREATE USER MAPPING FOR PUBLIC SERVER away OPTIONS (user 'me', password 'hush')`
  const { document } = await api.importSql(`${wrapper} ${mapping}`)
  projectStore.setState({ baseline: document })
  openDocument(document)
  const [problem, ...others] = passwordProblems(document)
  const fix = problem && fixFor(problem, document, newId)
  if (!fix || others.length > 0) throw new Error('Not one password was found')
  applyFix(fix)
  const texts = () =>
    [documentStore.getState().document, projectStore.getState().baseline].map(({ objects }) =>
      JSON.stringify([...objects.values()]),
    )
  for (const text of texts()) expect(text).toMatch(/^(?!.*hush).*OPTIONS \(user 'me'\)/)
  await api.validate(documentStore.getState().document)
  await planNow()
  expect(migrationStore.getState()).toMatchObject({
    status: 'ready',
    files: [],
    plan: { up: [], refusals: [] },
  })
  undo()
  for (const text of texts()) expect(text).toContain('hush')
})
