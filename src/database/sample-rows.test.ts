import { expect, test } from 'vitest'
import { migrationPair, openNodeEngine } from './migration-pair.test-kit.ts'
import { insertSampleRows } from './proof-rows.ts'

const rowsIn = async (sql: string): Promise<number> => {
  const { from } = await migrationPair(sql, '')
  const engine = await openNodeEngine()
  try {
    await engine.raw(sql)
    return await insertSampleRows(engine, from, from)
  } finally {
    await engine.close()
  }
}

test.each([
  [
    'every type',
    `CREATE TABLE t (a smallint NOT NULL, b numeric(4,1) NOT NULL, c varchar(3) NOT NULL, d char(2) NOT NULL, e boolean NOT NULL,
    f date NOT NULL, g timestamptz NOT NULL, h time NOT NULL, i interval NOT NULL, j uuid NOT NULL, k jsonb NOT NULL, l bytea NOT NULL, m inet NOT NULL,
    n bit(4) NOT NULL, o point NOT NULL, p int4range NOT NULL, q text[] NOT NULL, r tsvector NOT NULL, s macaddr NOT NULL, t money NOT NULL, u xml NOT NULL)`,
    3,
  ],
  [
    'keys and references',
    `CREATE TABLE a (id uuid PRIMARY KEY, parent uuid REFERENCES a);
    CREATE TABLE b (x integer, y text, PRIMARY KEY (x, y));
    CREATE TABLE c (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, a uuid NOT NULL REFERENCES a, x integer NOT NULL, y text NOT NULL, FOREIGN KEY (x, y) REFERENCES b)`,
    9,
  ],
  [
    'enums and checks',
    `CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TABLE t (m mood NOT NULL, currency varchar(3) NOT NULL CHECK (currency IN ('USD', 'EUR')), rating integer NOT NULL CHECK (rating BETWEEN 3 AND 5),
      done boolean NOT NULL, at timestamp, CHECK ((done AND at IS NOT NULL) OR (NOT done AND at IS NULL)), email text NOT NULL UNIQUE CHECK (email LIKE '%@%'))`,
    3,
  ],
  [
    'generated columns and defaults',
    `CREATE TABLE t (id serial PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED)`,
    3,
  ],
  ['a table that nothing can enter', `CREATE TABLE t (a integer CHECK (false) NOT NULL)`, 0],
])('finds rows for %s', async (_name, sql, rows) => {
  expect(await rowsIn(sql)).toBe(rows)
})
