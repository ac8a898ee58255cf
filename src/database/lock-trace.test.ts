import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from './engine.ts'
import { type StatementTrace, traceStatements } from './lock-trace.ts'
import { openNodeEngine } from './migration-pair.test-kit.ts'

const schema = `
CREATE SCHEMA app;
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, b varchar(10), r_id integer,
  CONSTRAINT fk0 FOREIGN KEY (r_id) REFERENCES r NOT VALID, CONSTRAINT ck0 CHECK (a > 0) NOT VALID);
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX t_b ON t (b);
CREATE TABLE app.plain (id integer);
CREATE TABLE pt (id integer) PARTITION BY RANGE (id);
CREATE TABLE ptd PARTITION OF pt DEFAULT;
CREATE TABLE cand (id integer);
INSERT INTO r VALUES (1);
INSERT INTO t VALUES (1, 1, 'a', 1), (2, 2, 'b', 1);`

let engine: Engine
beforeAll(async () => {
  engine = await openNodeEngine()
  await engine.raw(schema)
})
afterAll(() => engine.close())

/** Runs the statements and takes them back by their reverses, so that every case meets the same schema. */
async function trace(sql: string, ...rest: readonly string[]): Promise<StatementTrace> {
  const [first] = await traceStatements(engine, [{ sql }])
  for (const reverse of rest) await engine.run(reverse)
  if (!first) throw new Error('Nothing was traced')
  return first
}

const locksOf = ({ locks }: StatementTrace) =>
  Object.fromEntries(locks.map(({ relation, mode }) => [relation, mode]))

describe('locks, as measured on PostgreSQL 18 in autocommit', () => {
  test.each([
    ['ALTER TABLE t ADD COLUMN n integer', 'ALTER TABLE t DROP COLUMN n', { t: 'ACCESS EXCLUSIVE' }],
    ['ALTER TABLE t VALIDATE CONSTRAINT ck0', '', { t: 'SHARE UPDATE EXCLUSIVE' }],
    ['CREATE INDEX x ON t (a)', 'DROP INDEX x', { t: 'SHARE' }],
    ['DROP INDEX t_a', 'CREATE INDEX t_a ON t (a)', { t: 'ACCESS EXCLUSIVE' }],
    ['ALTER INDEX t_a RENAME TO t_c', 'ALTER INDEX t_c RENAME TO t_a', { t: 'SHARE UPDATE EXCLUSIVE' }],
    ['ALTER TABLE t RENAME TO t2', 'ALTER TABLE t2 RENAME TO t', { t: 'ACCESS EXCLUSIVE' }],
    ["COMMENT ON TABLE app.plain IS 'x'", '', { 'app.plain': 'SHARE UPDATE EXCLUSIVE' }],
    ['UPDATE t SET a = a', '', { t: 'ROW EXCLUSIVE' }],
    [
      'ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (r_id) REFERENCES r NOT VALID',
      'ALTER TABLE t DROP CONSTRAINT k',
      { r: 'SHARE ROW EXCLUSIVE', t: 'SHARE ROW EXCLUSIVE' },
    ],
    [
      'ALTER TABLE pt ATTACH PARTITION cand FOR VALUES FROM (10) TO (20)',
      'ALTER TABLE pt DETACH PARTITION cand',
      { cand: 'ACCESS EXCLUSIVE', pt: 'SHARE UPDATE EXCLUSIVE', ptd: 'ACCESS EXCLUSIVE' },
    ],
  ])('%s', async (sql, reverse, locks) => {
    expect(locksOf(await trace(sql, ...(reverse === '' ? [] : [reverse])))).toEqual(locks)
  })

  test('dropping a foreign key locks the referenced table too', async () => {
    const dropped = await trace(
      'ALTER TABLE t DROP CONSTRAINT fk0',
      'ALTER TABLE t ADD CONSTRAINT fk0 FOREIGN KEY (r_id) REFERENCES r NOT VALID',
    )
    expect(locksOf(dropped)).toEqual({ r: 'ACCESS EXCLUSIVE', t: 'ACCESS EXCLUSIVE' })
  })
})

describe('rewrites, scans and builds', () => {
  test.each([
    ['ALTER TABLE t ADD COLUMN n uuid DEFAULT gen_random_uuid()', ['t'], ['t'], ['t_a', 't_b', 't_pkey']],
    ['ALTER TABLE t ALTER a TYPE bigint', ['t'], ['t'], ['t_a', 't_b', 't_pkey']],
    ['ALTER TABLE t ADD COLUMN m timestamptz DEFAULT now()', [], [], []],
    ['ALTER TABLE t ALTER b TYPE varchar(20)', [], [], []],
    ['ALTER TABLE t ALTER r_id SET NOT NULL', [], ['t'], []],
    ['ALTER TABLE t ADD CHECK (a < 100)', [], ['t'], []],
    ['CREATE INDEX y ON t (r_id)', [], ['t'], ['y']],
    ['REINDEX INDEX y', [], ['t'], ['y']],
  ])('%s', async (sql, rewritten, scanned, built) => {
    const seen = await trace(sql)
    expect(seen).toMatchObject({ rewritten, scanned })
    expect(seen.indexesBuilt.map(({ index }) => index).toSorted()).toEqual(built)
    expect(seen.measured).toBe(true)
  })

  test('a validated check proves that a column has no nulls, so that nothing is read', async () => {
    await engine.run('ALTER TABLE t ADD CONSTRAINT nn CHECK (b IS NOT NULL) NOT VALID')
    const [validated, set] = await traceStatements(engine, [
      { sql: 'ALTER TABLE t VALIDATE CONSTRAINT nn' },
      { sql: 'ALTER TABLE t ALTER b SET NOT NULL' },
    ])
    expect(validated?.scanned).toEqual(['t'])
    expect(set).toMatchObject({ scanned: [], rewritten: [] })
  })

  test('what a migration makes itself is marked as such', async () => {
    const traces = await traceStatements(engine, [
      { sql: 'CREATE TABLE fresh (id integer)' },
      { sql: 'CREATE INDEX fresh_id ON fresh (id)' },
      { sql: 'ALTER TABLE t RENAME TO t3' },
      { sql: 'ALTER TABLE t3 ADD COLUMN z integer' },
    ])
    expect(traces[1]?.locks).toEqual([{ relation: 'fresh', mode: 'SHARE', existed: false }])
    expect(traces[3]?.locks).toEqual([{ relation: 't', mode: 'ACCESS EXCLUSIVE', existed: true }])
    await engine.run('ALTER TABLE t3 RENAME TO t')
  })
})

describe('outside a transaction', () => {
  test('locks are those of the documentation, and say so', async () => {
    const traces = await traceStatements(engine, [
      { sql: 'CREATE INDEX CONCURRENTLY c ON t (a)', transactional: false },
      { sql: 'REINDEX INDEX CONCURRENTLY c', transactional: false },
      { sql: 'DROP INDEX CONCURRENTLY c', transactional: false },
    ])
    expect(traces.map(locksOf)).toEqual(traces.map(() => ({ t: 'SHARE UPDATE EXCLUSIVE' })))
    expect(traces.map(({ indexesBuilt }) => indexesBuilt)).toEqual([
      [{ index: 'c', relation: 't' }],
      [{ index: 'c', relation: 't' }],
      [],
    ])
    expect(traces.map(({ measured }) => measured)).toEqual([false, false, false])
  })

  test('a partition that is detached is known by what it was part of', async () => {
    await engine.raw(
      'CREATE TABLE lt (id integer) PARTITION BY LIST (id); CREATE TABLE lt1 PARTITION OF lt FOR VALUES IN (1)',
    )
    const [detached] = await traceStatements(engine, [
      { sql: 'ALTER TABLE lt DETACH PARTITION lt1 CONCURRENTLY', transactional: false },
    ])
    expect(detached && locksOf(detached)).toEqual({ lt: 'SHARE UPDATE EXCLUSIVE', lt1: 'ACCESS EXCLUSIVE' })
  })
})

test('what only a superuser may do is tried by somebody else first', async () => {
  const traces = await traceStatements(engine, [
    { sql: 'CREATE TABLE owned (id integer)', probe: true },
    { sql: 'CREATE FUNCTION f() RETURNS integer LANGUAGE sql RETURN 1', probe: true },
    { sql: 'ALTER FUNCTION f() LEAKPROOF', probe: true },
    { sql: 'CREATE EXTENSION citext', probe: true },
    { sql: 'CREATE EXTENSION pageinspect', probe: true },
    { sql: 'DROP TABLE owned' },
  ])
  expect(traces.map(({ needsSuperuser }) => needsSuperuser)).toEqual([false, false, true, false, true, null])
})

test('a refusal leaves no transaction open', async () => {
  await expect(traceStatements(engine, [{ sql: 'ALTER TABLE nowhere ADD a integer' }])).rejects.toThrow(
    'relation "nowhere" does not exist',
  )
  expect(engine.transaction).toBe('idle')
})
