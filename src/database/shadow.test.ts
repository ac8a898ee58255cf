import { beforeEach, describe, expect, test } from 'vitest'
import { withIds } from '../core/diff/align-documents.ts'
import { type Grant, grantKind } from '../core/kinds/grant/grant.kind.ts'
import { whoMigrates } from '../core/kinds/role-names.ts'
import { blankDocument, type SchemaDocument } from '../core/model/document.ts'
import type { ShadowReport } from './api.ts'
import {
  check,
  column,
  document,
  foreignKey,
  index,
  keyedTable,
  put,
  table,
  without,
} from './drawn.test-kit.ts'
import type { Engine } from './engine.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'
import { ShadowKeeper } from './shadow-keeper.ts'
import { loadSqlParser } from './sql-parser.ts'

let engines: Engine[] = []
let keeper: ShadowKeeper

async function open(): Promise<Engine> {
  const engine = await openPglite(await nodeAssets())
  engines.push(engine)
  return engine
}

beforeEach(() => {
  engines = []
  keeper = new ShadowKeeper(open, () => loadSqlParser())
  return () => keeper.close()
})

const leads = document(keyedTable('accounts', 'name'), keyedTable('leads', 'source', 'account'))

/** The problems in short: `object field code`. */
const said = ({ problems }: ShadowReport) =>
  problems.map(({ object, field, code }) => `${object} ${field ?? '-'} ${code}`)

async function clean(edited: SchemaDocument): Promise<ShadowReport> {
  const report = await keeper.validate(edited)
  expect(said(report)).toEqual([])
  expect(report.differences).toEqual([])
  return report
}

test('follows edits without building again', async () => {
  const first = await clean(leads)
  expect(first.rebuilt).toBe(true)
  expect(first.canonical.get('leads.source')).toMatchObject({ name: 'source', parent: 'leads' })
  const added = put(leads, column('leads', 'score', 'integer', { default: '1 + 1', ordinal: 9 }))
  const second = await clean(added)
  expect(second.rebuilt).toBe(false)
  expect(second.canonical.get('leads.score')).toMatchObject({ default: '(1 + 1)' })
  const renamed = put(added, { ...table('leads'), name: 'Lead "s"' })
  await clean(renamed)
  await clean(without(renamed, 'leads.score'))
  expect(engines).toHaveLength(1)
})

test('marks what PostgreSQL refuses, and nothing else, until it is mended', async () => {
  await keeper.validate(leads)
  const wrong = put(
    leads,
    column('leads', 'account_id', 'integer', { ordinal: 9 }),
    foreignKey('leads', 'account_id', 'accounts'),
    check('leads', 'leads_check', 'missing > 0'),
  )
  const report = await keeper.validate(wrong)
  expect(said(report).sort()).toEqual(['leads_account_id_fkey columns 42804', 'leads_check expression 42703'])
  expect(report.problems.find(({ code }) => code === '42804')?.detail).toContain('integer and uuid')
  const mended = put(wrong, column('leads', 'account_id', 'uuid', { ordinal: 9 }))
  expect(said(await keeper.validate(mended))).toEqual(['leads_check expression 42703'])
  await clean(put(mended, column('leads', 'missing', 'integer', { ordinal: 10 })))
})

test('says what was not tried because of another', async () => {
  const wrong = put(
    leads,
    column('leads', 'kind', 'no_such_type', { ordinal: 9 }),
    index('leads', 'leads_kind_index', 'kind'),
    check('leads', 'leads_kind_check', 'kind > 0'),
  )
  const report = await keeper.validate(wrong)
  expect(said(report).sort()).toEqual([
    'leads.kind type 42704',
    'leads_kind_check - blocked-by',
    'leads_kind_index - blocked-by',
  ])
  expect(report.problems.find(({ severity }) => severity === 'blocked')?.message).toBe(
    'Not tried: needs leads.kind',
  )
  await clean(put(wrong, column('leads', 'kind', 'integer', { ordinal: 9 })))
})

test('a new table with one wrong column is made without it', async () => {
  await keeper.validate(leads)
  const wrong = put(leads, ...keyedTable('tasks', 'title'), column('tasks', 'due', 'dat', { ordinal: 5 }))
  expect(said(await keeper.validate(wrong))).toEqual(['tasks.due type 42704'])
  const { results } = await keeper.query('select * from tasks')
  expect(results[0]?.fields.map(({ name }) => name)).toEqual(['id', 'title'])
})

test('a refused change leaves the object as it was', async () => {
  await keeper.validate(leads)
  const wrong = put(leads, column('leads', 'source', 'varchar:50', { ordinal: 2, default: 'nothing()' }))
  expect(said(await keeper.validate(wrong))).toEqual(['leads.source default 42883'])
  await clean(leads)
})

test('a right that its role has anyway is marked until it is another or gone', async () => {
  const rights = (privilege: string): Grant => ({
    ...grantKind.sample,
    id: 'rights',
    parent: 'leads',
    name: whoMigrates,
    privileges: [privilege],
  })
  const drawn = put(leads, rights('INSERT'))
  expect(said(await keeper.validate(drawn))).toEqual(['rights - not-kept'])
  const commented = put(drawn, { ...table('accounts'), comment: 'Elsewhere' })
  expect(said(await keeper.validate(commented))).toEqual(['rights - not-kept'])
  await clean(put(commented, rights('INSERT (source)')))
  expect(said(await keeper.validate(commented))).toEqual(['rights - not-kept'])
  await clean(without(commented, 'rights'))
})

test('what a query inserts stays, what it changes in the schema is taken back', async () => {
  await keeper.validate(leads)
  const inserted = await keeper.query("insert into accounts (name) values ('Ada'); select name from accounts")
  expect(inserted.problem).toBeUndefined()
  expect(inserted.results.map(({ command }) => command)).toEqual(['INSERT 0 1', 'SELECT 1'])
  expect(inserted.results[1]).toMatchObject({
    rows: [['Ada']],
    fields: [{ name: 'name', type: 'character varying(50)' }],
  })
  const changed = await keeper.query('alter table accounts add x int; set search_path = nowhere')
  expect(changed.notices.join()).toContain('taken back')
  const after = await keeper.query('select * from accounts')
  expect(after.results[0]?.rows).toHaveLength(1)
  expect(after.results[0]?.fields.map(({ name }) => name)).toEqual(['id', 'name'])
  await clean(put(leads, column('accounts', 'x', 'integer', { ordinal: 9 })))
})

test('an error in a query has its position in the whole text', async () => {
  await keeper.validate(leads)
  const sql = "select 'é';\nselect nam from accounts"
  const { problem, results } = await keeper.query(sql)
  expect(results).toHaveLength(1)
  expect(problem).toMatchObject({ code: '42703', position: [...sql.slice(0, sql.indexOf('nam'))].length + 1 })
  await keeper.query("insert into accounts (name) values ('kept'); select nothing")
  await keeper.query("begin; insert into accounts (name) values ('lost'); select nothing")
  const rows = await keeper.query('select name from accounts')
  expect(rows.results[0]?.rows).toEqual([['kept']])
})

test('rows that queries left are no reason to refuse a drawing', async () => {
  await keeper.validate(leads)
  await keeper.query("insert into accounts (name) values ('Ada')")
  await clean(put(leads, column('accounts', 'code', 'integer', { ordinal: 9, notNull: true })))
})

test('the newest of several calls wins', async () => {
  const versions = ['a', 'b', 'c'].map((name) => put(leads, column('leads', name, 'text', { ordinal: 9 })))
  const reports = await Promise.all(versions.map((version) => keeper.validate(version)))
  expect(new Set(reports).size).toBe(1)
  const { results } = await keeper.query('select * from leads')
  expect(results[0]?.fields.map(({ name }) => name)).toEqual(['id', 'source', 'account', 'c'])
})

test('another project starts from nothing', async () => {
  await clean(blankDocument)
  await clean(leads)
  const ids = new Map([...leads.objects.keys()].map((id) => [id, `other ${id}`]))
  const report = await clean(withIds(leads, ids))
  expect(report.rebuilt).toBe(true)
})

describe('after a crash', () => {
  /** Nested so deep that WebAssembly's stack ends before PostgreSQL's own limit. */
  const breaking = `'${'['.repeat(50_000)}${']'.repeat(50_000)}'::jsonb`

  test('of a query, the shadow is built again', async () => {
    await keeper.validate(leads)
    const { problem } = await keeper.query(`select ${breaking}`)
    expect(problem?.code).toBe('engine-crash')
    const report = await clean(put(leads, column('leads', 'z', 'text', { ordinal: 9 })))
    expect(report.rebuilt).toBe(true)
    expect(engines).toHaveLength(2)
  })

  test('of a drawing, it is built again without the object that broke it, until that changes', async () => {
    await keeper.validate(leads)
    const broken = put(leads, check('leads', 'leads_check', `${breaking} is not null`))
    expect(said(await keeper.validate(broken))).toEqual(['leads_check - engine-crash'])
    const edited = put(broken, column('leads', 'z', 'text', { ordinal: 9 }))
    const report = await keeper.validate(edited)
    expect(said(report)).toEqual(['leads_check - engine-crash'])
    expect(report.rebuilt).toBe(false)
    await clean(put(edited, check('leads', 'leads_check', 'source is not null')))
  })
})
