import { expect, test } from 'vitest'
import { dispositionOf } from '../core/import/disposition.ts'
import { usualOwner } from '../core/import/owners.ts'
import { missingRoles } from '../core/import/roles.ts'
import { loadSqlParser } from './sql-parser.ts'

const parse = await loadSqlParser()

function parsed(sql: string) {
  const statements = parse(sql)
  if ('message' in statements) throw new Error(statements.message)
  return statements
}

const dispositions = (sql: string) => parsed(sql).map((statement) => dispositionOf(statement))

test.each([
  'CREATE TABLE t ()',
  'SET search_path TO app, public',
  'SET check_function_bodies = false',
  "SELECT pg_catalog.set_config('search_path', '', false)",
  "SELECT create_parent('t', 'at')",
  'SELECT 1 AS a INTO t',
  'CREATE TABLE u AS SELECT * FROM t',
  'ALTER TABLE t OWNER TO a, ADD COLUMN b int',
  'DO $$ begin end $$',
  'CLUSTER t USING i',
  'REFRESH MATERIALIZED VIEW m',
  "CREATE ROLE a PASSWORD 'b'",
])('%s is run', (sql) => {
  expect(dispositions(sql)).toEqual([{ run: true }])
})

test.each([
  ['SET statement_timeout = 0', 'SET'],
  ['SET LOCAL search_path = app', 'SET'],
  ['SET ROLE app', 'SET'],
  ['COMMIT', 'transaction control'],
  ['ALTER TABLE t OWNER TO a', 'OWNER TO'],
  ['ALTER FUNCTION f() OWNER TO a', 'OWNER TO'],
  ['INSERT INTO t VALUES (1)', 'INSERT'],
  ['COPY t FROM stdin', 'COPY'],
  ['UPDATE t SET a = 1', 'UPDATE'],
  ["SELECT setval('s', 1)", 'SELECT'],
  ['SELECT count(*) FROM t', 'SELECT'],
  ['CREATE DATABASE d', 'CREATE DATABASE'],
  ['ALTER DATABASE d SET a = 1', 'ALTER DATABASE'],
  ["CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", 'CREATE SUBSCRIPTION'],
  ['VACUUM', 'VACUUM'],
  ['CREATE TEMP TABLE t (a int)', 'temporary'],
  ['CREATE TEMPORARY VIEW v AS SELECT 1', 'temporary'],
  ['CREATE TEMP TABLE t AS SELECT 1', 'temporary'],
  ['CREATE TEMP SEQUENCE s', 'temporary'],
])('%s is left out', (sql, word) => {
  expect(dispositions(sql)).toMatchObject([{ run: false, word, reason: expect.stringMatching(/\w/) }])
})

test('roles that nothing creates are found', () => {
  const sql = `CREATE ROLE made;
GRANT SELECT ON t TO made, "Reader", PUBLIC, CURRENT_USER;
GRANT team TO member;
CREATE POLICY p ON t TO auditor USING (true);
ALTER DEFAULT PRIVILEGES FOR ROLE giver GRANT SELECT ON TABLES TO taker;
CREATE SCHEMA s AUTHORIZATION owner_of_s;
GRANT pg_read_all_data TO made;
ALTER TABLE t OWNER TO nobody;`
  const names = ['Reader', 'team', 'member', 'auditor', 'giver', 'taker', 'owner_of_s', 'nobody']
  expect(missingRoles(parsed(sql)).toSorted()).toEqual(names.toSorted())
})

test('to whom most belongs is left out, and others are not', () => {
  const statements = parsed(
    'ALTER TABLE a OWNER TO app; ALTER TYPE b OWNER TO app; ALTER TABLE c OWNER TO other, OWNER TO app; ALTER VIEW d OWNER TO other',
  )
  expect(usualOwner(statements)).toBe('app')
  expect(statements.map((statement) => dispositionOf(statement, 'app').run)).toEqual([
    false,
    false,
    false,
    true,
  ])
  expect(usualOwner(parsed('SELECT 1'))).toBe(null)
})
