import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { addColumn } from '../core/commands/columns.ts'
import { isTable } from '../core/kinds/table/table.kind.ts'
import { pgType } from '../core/model/pg-type.ts'
import { schemaOf } from '../core/model/schema.ts'
import type { MigrationSettings } from '../core/project/migration-settings.ts'
import { findServices } from '../core/sequelize/folder/find-services.ts'
import { type FolderStyle, usualStyle } from '../core/sequelize/folder/style.ts'
import { openDatabase } from '../database/node-database.ts'
import { connectDatabase, type DatabaseApi } from './database.ts'
import { dispatch, openDocument } from './document-store.ts'
import { type Kept, linkedFolderStore } from './linked-folder-store.ts'
import { chooseFormat } from './migration-settings.ts'
import { migrationStore } from './migration-state.ts'
import { planNow, proveMigration, watchMigration } from './migration-store.ts'
import { noProject, projectStore } from './project-store.ts'

const onDisk = new Map([
  [
    'a/migrations/1-posts.js',
    `exports.up = (q) => q.sequelize.query('CREATE TABLE posts (id integer PRIMARY KEY)')`,
  ],
  ['b/migrations/1-more.js', `exports.up = (q) => q.sequelize.query('SELECT 1')`],
])
vi.mock('../platform/folder-files.ts', () => ({ readFolder: async () => ({ name: 'shop', files: onDisk }) }))

let api: DatabaseApi
let stopWatching: () => void

beforeAll(async () => {
  api = await openDatabase()
  connectDatabase(api)
})

afterAll(() => api.close())

const unlinked = linkedFolderStore.getState()

beforeEach(async () => {
  const { document } = await api.importSql('CREATE TABLE posts (id integer PRIMARY KEY)')
  linkedFolderStore.setState(unlinked, true)
  projectStore.setState({ ...noProject, id: 'p', baseline: document })
  openDocument(document)
  dispatch('Add column', (current) => {
    const table = schemaOf(current).all(isTable)[0]?.id ?? ''
    return addColumn(current, { id: 'slug', table, name: 'slug', column: { type: pgType('text') } })
  })
  stopWatching?.()
  stopWatching = watchMigration()
})

function link(style: Partial<FolderStyle> = {}): void {
  // Of the handle only its name is read.
  const handle = { name: 'shop' } as FileSystemDirectoryHandle
  const service = {
    name: 'shop',
    root: '',
    migrationsFolder: 'migrations',
    migrations: ['migrations/1-posts.js'],
    others: [],
    modelsFolder: null,
    seedersFolder: null,
    configFile: null,
    unread: [],
  }
  const choices = { services: ['migrations'], base: '', environment: '', goOnAfter: [], without: [] }
  const kept: Kept = {
    handle,
    choices,
    marks: new Map(),
    services: [service],
    style: { ...usualStyle, ...style },
  }
  linkedFolderStore.setState({ project: 'p', kept })
}

async function proveAs(format: MigrationSettings['format']): Promise<void> {
  chooseFormat(format)
  await planNow()
  await proveMigration()
  expect(migrationStore.getState().proof?.passed).toBe(true)
}

/** Whether what was proved in one form counts in another. */
async function holds(proved: MigrationSettings['format'], shown: MigrationSettings['format']) {
  await proveAs(proved)
  chooseFormat(shown)
  return migrationStore.getState().proof !== null
}

test('a proof holds for every frame around the same statements, and for SQL only what ran as SQL', async () => {
  expect(await holds('sequelize', 'typescript')).toBe(true)
  expect(await holds('typescript', 'sequelize')).toBe(true)
  expect(await holds('sequelize', 'sql')).toBe(false)
  expect(await holds('sql', 'sequelize')).toBe(false)
})

test('where files go into a folder, only a proof of its own files counts for them', async () => {
  link({ transactions: 'several' })
  expect(await holds('sequelize', 'typescript')).toBe(false)
  expect(await holds('typescript', 'sequelize')).toBe(false)
  await proveAs('sequelize')
  expect(migrationStore.getState().files[0]?.source).toContain('Proved by Relata')
})

test('the same files stay proved in another style of their names; other files do not', async () => {
  link()
  await proveAs('sequelize')
  link({ words: 'snake' })
  expect(migrationStore.getState().proof).not.toBeNull()
  expect(migrationStore.getState().files[0]?.fileName).toMatch(/add_slug_to_posts/)
  link({ quotes: 'double' })
  expect(migrationStore.getState().proof).toBeNull()
  expect(migrationStore.getState().files[0]?.source).not.toContain('Proved by Relata')
})

test('all services run with what was exported before, or it is said what of it is not there', async () => {
  link()
  const { kept } = linkedFolderStore.getState()
  if (!kept) throw new Error('No folder is linked')
  const services = findServices(onDisk)
  const [first] = services.map(({ migrationsFolder }) => migrationsFolder)
  const choices = { ...kept.choices, services: services.map(({ migrationsFolder }) => migrationsFolder) }
  linkedFolderStore.setState({ kept: { ...kept, services, choices, ...(first ? { target: first } : {}) } })
  const source = onDisk.get('b/migrations/1-more.js') ?? ''
  const exported = { title: 'Say more', exportedAt: '', proven: true, shipped: false }
  const provedBehind = async (...history: ReturnType<typeof projectStore.getState>['history']) => {
    projectStore.setState({ history })
    chooseFormat('sequelize')
    await planNow()
    await proveMigration()
    return migrationStore.getState().proof
  }
  const inSql = { ...exported, files: [{ fileName: 'up.sql', folder: 'say-more', source: 'SELECT 1' }] }
  expect(await provedBehind(inSql)).toMatchObject({
    passed: false,
    inFolder: {
      problem: { code: 'export-not-in-folder', message: expect.stringContaining('“Say more” was exported') },
    },
  })
  const downloaded = { ...exported, service: 'a/migrations', files: [{ fileName: '2-more.js', source }] }
  expect(await provedBehind(downloaded)).toMatchObject({
    passed: true,
    inFolder: { downloaded: ['a/migrations/2-more.js'] },
  })
})
