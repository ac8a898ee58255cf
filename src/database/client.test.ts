import { afterEach, beforeAll, expect, test } from 'vitest'
import { addColumn } from '../core/commands/columns.ts'
import { isTable } from '../core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { applyPatch } from '../core/model/patch.ts'
import { pgType } from '../core/model/pg-type.ts'
import { schemaOf } from '../core/model/schema.ts'
import { DatabaseClient } from './client.ts'
import { EngineCrash } from './engine.ts'
import { engineBase, threadMaker } from './worker-thread.test-kit.ts'

let newWorker: () => Worker
const clients: DatabaseClient[] = []

beforeAll(async () => {
  newWorker = await threadMaker()
})

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
})

/** A client of real workers, with the number of restarts that it told of. */
function open(options: { readonly silenceMilliseconds?: number } = {}) {
  const seen = { restarts: 0, workers: 0 }
  const client = new DatabaseClient({
    base: engineBase,
    newWorker: () => {
      seen.workers += 1
      return newWorker()
    },
    onRestart: () => {
      seen.restarts += 1
    },
    ...options,
  })
  clients.push(client)
  return { client, seen }
}

const source = 'CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t VALUES (1);'

const endless = 'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i FROM n) SELECT count(*) FROM n'

function withColumn(document: SchemaDocument, name: string): SchemaDocument {
  const table = schemaOf(document).all(isTable)[0]
  const column = { type: pgType('text'), notNull: false, default: null }
  return applyPatch(document, addColumn(document, { id: name, table: table?.id ?? '', name, column }))
}

async function rowsOf(client: DatabaseClient, sql: string) {
  const { results, problem } = await client.query(sql)
  if (problem) throw new Error(problem.message)
  return results.map(({ rows }) => rows)
}

test('the shadow follows the document, and the newest of waiting calls wins', async () => {
  const { client, seen } = open()
  expect(await client.boot()).toMatchObject({ version: '18.6' })
  const { document } = await client.importSql(source)
  await client.validate(document)
  const [a, b] = [withColumn(document, 'a'), withColumn(document, 'b')]
  const reports = await Promise.all([client.validate(a), client.validate(b)])
  expect(reports[0]).toBe(reports[1])
  expect(await rowsOf(client, 'SELECT * FROM t')).toEqual([[]])
  const { results } = await client.query('SELECT * FROM t')
  expect(results[0]?.fields.map(({ name }) => name)).toEqual(['id', 'b'])
  expect(await client.verifyShadow(b)).toEqual([])
  expect(seen.restarts).toBe(0)
})

test('an error keeps every field that PostgreSQL sent', async () => {
  const { client } = open()
  const { document } = await client.importSql(source)
  await client.validate(document)
  const { problem } = await client.query("SELECT 1;\nSELECT '🐘', idd FROM t")
  expect(problem).toMatchObject({
    code: '42703',
    severity: 'error',
    message: 'column "idd" does not exist',
    hint: 'Perhaps you meant to reference the column "t.id".',
    position: 23,
  })
  const twice = await client.query('INSERT INTO t VALUES (1), (1)')
  expect(twice.problem).toMatchObject({ code: '23505', detail: 'Key (id)=(1) already exists.' })
})

test('cancelling a query that never ends rejects at once, and the next finds the schema again', async () => {
  const { client, seen } = open()
  const { document } = await client.importSql(source)
  await client.validate(document)
  const abort = new AbortController()
  const query = client.query(endless, { signal: abort.signal })
  setTimeout(() => abort.abort(), 300)
  await expect(query).rejects.toMatchObject({ name: 'AbortError' })
  expect(await rowsOf(client, 'SELECT count(*) FROM t')).toEqual([[['0']]])
  expect(seen.restarts).toBe(1)
})

test('cancelling an import or a plan ends its worker and no other', async () => {
  const { client, seen } = open()
  const { document } = await client.importSql(source)
  await client.validate(document)
  const abort = new AbortController()
  const many = Array.from({ length: 2000 }, (_, n) => `CREATE TABLE t${n} (id integer PRIMARY KEY);`).join(
    '\n',
  )
  const importing = client.importSql(many, {
    signal: abort.signal,
    onProgress: ({ done }) => done > 0 && abort.abort(),
  })
  await expect(importing).rejects.toMatchObject({ name: 'AbortError' })
  const given = AbortSignal.abort()
  await expect(client.plan(document, withColumn(document, 'a'), { signal: given })).rejects.toThrow(/abort/i)
  const plan = await client.plan(document, withColumn(document, 'a'))
  expect(plan.up.map(({ title }) => title)).toHaveLength(1)
  expect(await rowsOf(client, 'SELECT count(*) FROM t')).toEqual([[['0']]])
  expect(seen.restarts).toBe(0)
})

test('a cancelled comparison leaves the shadow alone', async () => {
  const { client, seen } = open()
  const { document } = await client.importSql(source)
  const validated = client.validate(document)
  const abort = new AbortController()
  const verified = client.verifyShadow(document, { signal: abort.signal })
  abort.abort()
  await expect(verified).rejects.toMatchObject({ name: 'AbortError' })
  await validated
  expect((await client.validate(withColumn(document, 'a'))).rebuilt).toBe(false)
  expect(seen.restarts).toBe(0)
})

test('a worker that says nothing for too long is given up', async () => {
  const { client } = open({ silenceMilliseconds: 3000 })
  await client.boot()
  const stuck = client.importSql('DO $$ BEGIN LOOP NULL; END LOOP; END $$')
  await expect(stuck).rejects.toBeInstanceOf(EngineCrash)
  expect((await client.importSql(source)).report.objects.length).toBeGreaterThan(0)
})

test('a query that breaks PostgreSQL is told, and the schema stands again afterwards', async () => {
  const { client } = open()
  const { document } = await client.importSql(source)
  await client.validate(document)
  const { problem } = await client.query(`SELECT ${'1+'.repeat(50_000)}1`)
  expect(problem).toMatchObject({ code: 'engine-crash', severity: 'error' })
  expect(await rowsOf(client, 'SELECT count(*) FROM t')).toEqual([[['0']]])
})

test('after closing, every call rejects', async () => {
  const { client } = open()
  const { document } = await client.importSql(source)
  const calls = [client.query('SELECT 1'), client.canonicalize(document)]
  await client.close()
  for (const call of [...calls, client.validate(document), client.importSql(source)]) {
    await expect(call).rejects.toBeInstanceOf(EngineCrash)
  }
})
