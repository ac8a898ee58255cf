import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColumn } from '../core/commands/columns.ts'
import { isTable } from '../core/kinds/table/table.kind.ts'
import { pgType } from '../core/model/pg-type.ts'
import { schemaOf } from '../core/model/schema.ts'
import { pathOfFile } from '../core/sequelize/migration-file.ts'
import { openDatabase } from '../database/node-database.ts'
import { connectDatabase, type DatabaseApi } from './database.ts'
import { dispatch, documentStore, openDocument } from './document-store.ts'
import { chooseFormat, chooseMode, chooseWay, setBackfill } from './migration-settings.ts'
import { migrationStore } from './migration-state.ts'
import { planNow, watchMigration } from './migration-store.ts'
import { noProject, projectStore } from './project-store.ts'

let api: DatabaseApi

beforeAll(async () => {
  api = await openDatabase()
  connectDatabase(api)
})

afterAll(() => api.close())

async function openPosts(): Promise<void> {
  const { document } = await api.importSql(
    'CREATE TABLE posts (id integer PRIMARY KEY, title text NOT NULL);',
  )
  projectStore.setState({ ...noProject, id: 'p', baseline: document })
  openDocument(document)
  const posts = schemaOf(documentStore.getState().document).all(isTable)[0]
  const column = { type: pgType('text'), notNull: true }
  dispatch('Add column', (current) =>
    addColumn(current, { id: 'slug', table: posts?.id ?? '', name: 'slug', column }),
  )
}

test('a change asks, PostgreSQL judges the answer, and the plan follows what is chosen', async () => {
  await openPosts()
  chooseMode('zero-downtime')
  await planNow()
  const asking = migrationStore.getState().plan
  expect(asking.changes).toMatchObject([{ id: 'slug', way: 'asks', fills: true }])
  expect(asking.refusals).toMatchObject([{ code: 'backfill-needed', object: 'slug' }])

  setBackfill('slug', 'lower(titel)')
  await planNow()
  const refused = migrationStore.getState().plan
  expect(refused.refusals).toMatchObject([{ object: 'slug', message: 'column "titel" does not exist' }])

  setBackfill('slug', 'lower(title)')
  await planNow()
  const { files, plan } = migrationStore.getState()
  expect(plan.changes).toMatchObject([{ id: 'slug', way: 'safe' }])
  expect([...new Set(files.map(({ phase }) => phase))]).toEqual(['expand', 'backfill', 'validate'])
  expect(plan.gates?.backfill).toHaveLength(1)

  chooseWay('slug', 'simple')
  await planNow()
  expect(migrationStore.getState().plan.changes).toMatchObject([{ id: 'slug', way: 'simple' }])
})

test('another form is written from the same plan', async () => {
  await openPosts()
  const stop = watchMigration()
  await planNow()
  const { plan } = migrationStore.getState()
  chooseFormat('sql')
  const state = migrationStore.getState()
  expect(state.plan).toBe(plan)
  expect(state.files.map((file) => pathOfFile(file).slice(14))).toEqual([
    '-add-slug-to-posts/up.sql',
    '-add-slug-to-posts/down.sql',
  ])
  chooseFormat('umzug')
  expect(migrationStore.getState().files.map(({ fileName }) => fileName.slice(14))).toEqual([
    '-add-slug-to-posts.mjs',
  ])
  stop()
})
