import { expect, test } from 'vitest'
import { alignDocuments } from '../core/diff/align-documents.ts'
import { openDatabase } from './node-database.ts'

const defaults = `CREATE ROLE reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader;`

test('rights that default privileges give are planned where the schema has them and refused where not', async () => {
  const database = await openDatabase()
  const load = async (sql: string) => (await database.importSql(sql)).document
  const from = await load(defaults)
  const open = await load(`${defaults} CREATE TABLE open_to_readers (id int);`)
  const granted = await database.plan(from, alignDocuments(from, open))
  expect(granted.refusals).toEqual([])
  const revoked = `${defaults} CREATE TABLE secrets (id int); REVOKE SELECT ON secrets FROM reader;`
  const secret = alignDocuments(from, await load(revoked))
  const reason = expect.stringContaining('GRANT SELECT ON TABLE secrets TO reader')
  expect((await database.plan(from, secret)).refusals).toMatchObject([{ message: reason }])
  expect((await database.plan(secret, from)).refusals).toMatchObject([{ message: reason }])
  await database.close()
})
