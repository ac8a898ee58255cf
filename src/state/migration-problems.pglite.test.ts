import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fixFor } from '../core/commands/problem-fixes.ts'
import { setField } from '../core/commands/set-field.ts'
import { isColumn } from '../core/kinds/column/column.kind.ts'
import { isEnum } from '../core/kinds/enum/enum.kind.ts'
import { schemaOf } from '../core/model/schema.ts'
import { openDatabase } from '../database/node-database.ts'
import { connectDatabase, type DatabaseApi } from './database.ts'
import { dispatch, documentStore, openDocument } from './document-store.ts'
import { engineStore } from './engine-store.ts'
import { watchRefusals } from './migration-problems.ts'
import { noProject, projectStore } from './project-store.ts'

let api: DatabaseApi

beforeAll(async () => {
  api = await openDatabase()
  connectDatabase(api)
})

afterAll(() => api.close())

test('a text column drawn as an enum is a problem of its type, with PostgreSQL’s hint as the cure', async () => {
  const { document } = await api.importSql(`
    CREATE TYPE lead_source AS ENUM ('website', 'referral');
    CREATE TABLE leads (id integer PRIMARY KEY, source varchar(50));`)
  projectStore.setState({ ...noProject, id: 'p', baseline: document })
  openDocument(document)
  const stop = watchRefusals()
  const schema = schemaOf(document)
  const source = schema.all(isColumn).find(({ name }) => name === 'source')
  const type = schema.all(isEnum)[0]
  if (!source || !type) throw new Error('The import lacks an object')
  const value = { base: type.name, modifiers: '', dimensions: 0, ref: type.id }
  dispatch('Change type', (current) => setField(current, { object: source.id, field: 'type', value }))
  const wait = { timeout: 60_000, interval: 50 }
  await vi.waitFor(() => expect(engineStore.getState().problems).toHaveLength(1), wait)
  const [problem] = engineStore.getState().problems
  expect(problem).toMatchObject({
    code: '42804',
    object: source.id,
    field: 'type',
    message: 'column "source" cannot be cast automatically to type lead_source',
  })
  const fix = problem && fixFor(problem, documentStore.getState().document, () => 'new')
  expect(fix?.title).toBe('Add USING')
  dispatch('Add USING', () => fix?.patch ?? { objects: noEdits, diagram: noEdits })
  await vi.waitFor(() => expect(engineStore.getState().problems).toEqual([]), wait)
  stop()
})

const noEdits = { added: new Map(), changed: new Map(), removed: new Map() }
