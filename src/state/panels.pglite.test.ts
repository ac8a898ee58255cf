import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addColumn } from '../core/commands/columns.ts'
import { setField } from '../core/commands/set-field.ts'
import { isColumn } from '../core/kinds/column/column.kind.ts'
import { isTable } from '../core/kinds/table/table.kind.ts'
import { pgType } from '../core/model/pg-type.ts'
import { schemaOf } from '../core/model/schema.ts'
import { openDatabase } from '../database/node-database.ts'
import { connectDatabase, type DatabaseApi } from './database.ts'
import { dispatch, documentStore, openDocument } from './document-store.ts'
import { importStore, startImport } from './import-store.ts'
import { migrationStore } from './migration-state.ts'
import { planNow, proveMigration, retitleMigration, watchMigration } from './migration-store.ts'
import { noProject, projectStore } from './project-store.ts'
import { addQuery, changeQuery, queryStore, removeQuery, runQuery } from './query-store.ts'
import { insertSampleRows } from './sample-rows.ts'

let api: DatabaseApi

beforeAll(async () => {
  api = await openDatabase()
  connectDatabase(api)
})

afterAll(async () => {
  await api.close()
})

const source = `
  CREATE TABLE accounts (id integer PRIMARY KEY, name varchar(20) NOT NULL);
  CREATE TABLE contacts (
    id integer PRIMARY KEY,
    account_id integer NOT NULL REFERENCES accounts (id),
    email text UNIQUE
  );`

async function openSource(): Promise<void> {
  const { document } = await api.importSql(source)
  projectStore.setState({ ...noProject, id: 'p', baseline: document })
  openDocument(document)
  await api.validate(document)
}

test('an import ends in a report, or in what PostgreSQL refused', async () => {
  await startImport({ name: '', text: 'CREATE TABLE a (id int); CREATE TABLE b (id missing_type);' })
  const state = importStore.getState()
  if (state.phase !== 'report') throw new Error('No report')
  expect(state.result.report.objects.map(({ name, outcome }) => `${name} ${outcome}`).sort()).toEqual([
    'CREATE TABLE b (id missing_type) refused',
    'a kept',
  ])
  expect(schemaOf(state.result.document).all(isTable)).toHaveLength(1)
})

test('the plan follows the document, is proved and then says so in its header', async () => {
  await openSource()
  const table = schemaOf(documentStore.getState().document)
    .all(isTable)
    .find(({ name }) => name === 'contacts')
  dispatch('Add column', (document) =>
    addColumn(document, {
      id: 'new',
      table: table?.id ?? '',
      name: 'custom_fields',
      column: { type: pgType('jsonb'), notNull: true, default: "'{}'" },
    }),
  )
  await planNow()
  const { files, status, title } = migrationStore.getState()
  expect({ status, title }).toEqual({ status: 'ready', title: 'add custom_fields to contacts' })
  expect(files.map(({ fileName }) => fileName.slice(14))).toEqual(['-add-custom-fields-to-contacts.js'])
  await proveMigration()
  const { proof, failure } = migrationStore.getState()
  expect({ failure, passed: proof?.passed }).toEqual({ failure: null, passed: true })
  expect(migrationStore.getState().files[0]?.source).toContain('// Proved by Relata on PostgreSQL')
  retitleMigration('More about contacts')
  expect(migrationStore.getState().files[0]?.fileName).toMatch(/^\d{14}-more-about-contacts\.js$/)
  dispatch('Change type', (document) =>
    setField(document, { object: 'new', field: 'type', value: pgType('json') }),
  )
  await planNow()
  expect(migrationStore.getState().proof).toBeNull()
})

test('a plan for schemas that have changed since is given up, and whoever looks again gets a new one', async () => {
  await openSource()
  const signals: (AbortSignal | undefined)[] = []
  connectDatabase({
    ...api,
    plan: (from, to, options) => {
      signals.push(options?.signal)
      return api.plan(from, to, options)
    },
  })
  const isAborted = () => signals.map((signal) => signal?.aborted)
  const superseded = planNow()
  await planNow()
  await superseded
  expect(isAborted()).toEqual([true, false])

  const addTo = (id: string) =>
    dispatch('Add column', (document) => {
      const table = schemaOf(document).all(isTable)[0]?.id ?? ''
      return addColumn(document, { id, table, name: id, column: { type: pgType('text') } })
    })
  addTo('a')
  const stop = watchMigration()
  await vi.waitFor(() => expect(signals).toHaveLength(3))
  stop()
  expect(isAborted()).toEqual([true, false, true])
  const stopAgain = watchMigration()
  await vi.waitFor(() => expect(migrationStore.getState().title).toBe('add a to accounts'), {
    timeout: 20_000,
  })
  stopAgain()
  connectDatabase(api)
})

test('rows are made up for every table and found by queries', async () => {
  await openSource()
  const outcomes = await insertSampleRows(5)
  expect(outcomes.map(({ table, inserted }) => `${table} ${inserted}`)).toEqual(['accounts 5', 'contacts 5'])
  addQuery({ name: 'one', sql: '' })
  await runQuery(0, 'SELECT count(*) FROM contacts JOIN accounts a ON a.id = account_id; SELECT 2 AS two')
  const results = queryStore.getState().runs.get(0)?.outcome?.results
  expect(results?.map(({ rows }) => rows[0])).toEqual([['5'], ['2']])
})

test('an error keeps its place in the text, and closing a tab moves the runs of those after it', async () => {
  await openSource()
  addQuery({ name: 'one', sql: 'x' })
  addQuery({ name: 'two', sql: '' })
  changeQuery(1, { sql: "SELECT '🐘', nothing_there" })
  await runQuery(1, "SELECT '🐘', nothing_there")
  expect(queryStore.getState().runs.get(1)?.outcome?.problem).toMatchObject({ code: '42703', position: 13 })
  removeQuery(0)
  expect(projectStore.getState().queries.map(({ name }) => name)).toEqual(['two'])
  expect(queryStore.getState().tab).toBe(0)
  expect(queryStore.getState().runs.get(0)?.outcome?.problem?.code).toBe('42703')
  expect(schemaOf(documentStore.getState().document).all(isColumn)).toHaveLength(5)
})
