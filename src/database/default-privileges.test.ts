import { expect, test } from 'vitest'
import { alignDocuments } from '../core/diff/align-documents.ts'
import type { Step } from '../core/migration/plan.ts'
import { openDatabase } from './node-database.ts'

const defaults = `CREATE ROLE reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO reader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;`

test('rights that default privileges give are planned where the schema has them and taken back where not', async () => {
  const database = await openDatabase()
  const load = async (sql: string) => (await database.importSql(sql)).document
  const from = await load(defaults)
  const open = await load(`${defaults} CREATE TABLE open_to_readers (id int);`)
  const granted = await database.plan(from, alignDocuments(from, open))
  expect(granted.refusals).toEqual([])
  expect(sqlOf(granted.up)).not.toContainEqual(expect.stringContaining('REVOKE'))

  const revoked = `${defaults}
    CREATE TABLE secrets (id int); REVOKE SELECT ON secrets FROM reader;
    CREATE TABLE letters (id int); REVOKE INSERT ON letters FROM reader; GRANT UPDATE ON letters TO reader;
    CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION f TO PUBLIC;`
  const secret = alignDocuments(from, await load(revoked))
  const plan = await database.plan(from, secret)
  expect(plan.refusals).toEqual([])
  expect(sqlOf(plan.up)).toEqual(
    expect.arrayContaining([
      'REVOKE SELECT ON TABLE secrets FROM reader',
      'REVOKE INSERT ON TABLE letters FROM reader',
      'GRANT EXECUTE ON FUNCTION f() TO PUBLIC',
    ]),
  )
  expect(await database.prove({ from, to: secret, plan })).toMatchObject({ passed: true })
  expect((await database.plan(secret, from)).refusals).toEqual([])
  await database.close()
})

const sqlOf = (steps: readonly Step[]) => steps.flatMap(({ statements }) => statements.map(({ sql }) => sql))
