import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { expressionsOf } from '../core/kinds/field-access.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { splitSql } from '../core/sql/split.ts'
import type { ImportResult } from './api.ts'
import { buildDocument, differencesBetween, settledDifferences, takeSnapshot } from './catalog-snapshot.ts'
import { runSource } from './import-run.ts'
import { importSql } from './import-sql.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'
import { loadSqlParser } from './sql-parser.ts'

const parse = await loadSqlParser()
const open = async () => openPglite(await nodeAssets())

const importing = (sql: string): Promise<ImportResult> => importSql(sql, open, parse)

/** The document's own statements make the same database as the source. */
async function expectLossless(document: SchemaDocument, source: readonly string[]): Promise<void> {
  const expected = await open()
  const found = await open()
  try {
    for (const sql of source) await expected.run(sql)
    await buildDocument(found, document)
    expect(differencesBetween(await takeSnapshot(expected), await takeSnapshot(found))).toEqual([])
  } finally {
    await expected.close()
    await found.close()
  }
}

const outcomes = ({ report }: ImportResult) =>
  report.objects
    .filter(({ outcome }) => outcome !== 'kept')
    .map(({ kind, name, outcome }) => [kind, name, outcome])

const kinds = ({ document }: ImportResult) => {
  const counts: Record<string, number> = {}
  for (const { kind } of document.objects.values()) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

test('tables, keys, checks and indexes are kept, with their lines', async () => {
  const source = [
    "CREATE TABLE accounts (id int PRIMARY KEY, name text NOT NULL CHECK (name <> ''))",
    'CREATE TABLE contacts (id int PRIMARY KEY, account int REFERENCES accounts ON DELETE CASCADE)',
    'CREATE INDEX by_name ON accounts (lower(name))',
  ]
  const result = await importing(source.join(';\n\n'))
  expect(kinds(result)).toMatchObject({
    table: 2,
    column: 4,
    'primary key': 2,
    check: 1,
    'foreign key': 1,
    index: 1,
  })
  expect(outcomes(result)).toEqual([])
  const line = (name: string) => result.report.objects.find((object) => object.name === name)?.line
  expect([
    line('accounts'),
    line('contacts'),
    line('accounts.by_name'),
    line('contacts.contacts_pkey'),
  ]).toEqual([1, 3, 5, 3])
  await expectLossless(result.document, source)
})

test('what a dump holds beside the schema is skipped with a reason', async () => {
  const result = await importing(`
\\restrict token
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
SET default_table_access_method = heap;
CREATE TABLE public.people (id integer NOT NULL, name text);
ALTER TABLE public.people OWNER TO somebody;
ALTER TABLE ONLY public.people ADD CONSTRAINT people_pkey PRIMARY KEY (id);
COPY public.people (id, name) FROM stdin;
1	it's (; here
2	\\N
\\.
INSERT INTO public.people VALUES (3, 'c');
INSERT INTO public.people VALUES (4, 'd');
SELECT pg_catalog.setval('public.people_id_seq', 4, true);
CREATE DATABASE other;
CREATE ROLE postgres;
CREATE SCHEMA public;
BEGIN; COMMIT;
GRANT SELECT ON TABLE public.people TO reader;
\\unrestrict token
`)
  expect(outcomes(result)).toEqual([
    ['psql command', '\\restrict token', 'skipped'],
    ['SET', 'SET', 'skipped'],
    ['OWNER TO', 'OWNER TO', 'skipped'],
    ['COPY', 'COPY public.people', 'skipped'],
    ['INSERT', 'INSERT public.people (2 statements)', 'skipped'],
    ['SELECT', "SELECT pg_catalog.setval('public.people_id_seq', 4, true)", 'skipped'],
    ['CREATE DATABASE', 'CREATE DATABASE other', 'skipped'],
    ['CREATE', 'CREATE ROLE postgres', 'skipped'],
    ['CREATE', 'CREATE SCHEMA public', 'skipped'],
    ['transaction control', 'transaction control (2 statements)', 'skipped'],
    ['psql command', '\\unrestrict token', 'skipped'],
  ])
  const rows = result.report.objects.filter(({ kind }) => kind === 'COPY' || kind === 'INSERT')
  expect(rows.map(({ reason }) => reason)).toEqual([
    '2 rows are not kept: a project holds a schema without its rows',
    'Rows are not kept: a project holds a schema without its rows',
  ])
  expect(kinds(result)).toMatchObject({ table: 1, 'primary key': 1, role: 1, grant: 1 })
})

test('what is refused is told with its line, and the rest survives', async () => {
  const result = await importing(`CREATE TABLE a (id int);
CREATE TABLE b (id int REFERENCES nowhere);
CREATE TABEL c ();
CREATE EXTENSION postgis;
CREATE TABLE d ();`)
  expect(result.report.objects.filter(({ outcome }) => outcome === 'refused')).toMatchObject([
    { line: 2, reason: 'relation "nowhere" does not exist', problem: { code: '42P01' } },
    { line: 3, reason: 'syntax error at or near "TABEL"', problem: { code: '42601', position: 8 } },
    { line: 4, problem: { source: 'PostgreSQL' } },
  ])
  expect(kinds(result)).toMatchObject({ table: 2 })
})

test('statements in the wrong order are run again, and nothing is dropped out of turn', async () => {
  const result = await importing(`DROP TABLE later;
CREATE TABLE first (id int REFERENCES later);
CREATE TABLE later (id int PRIMARY KEY);`)
  expect(kinds(result)).toMatchObject({ table: 2, 'foreign key': 1 })
  expect(result.report.objects.filter(({ outcome }) => outcome === 'refused')).toMatchObject([{ line: 1 }])
})

test('later statements that change or undo earlier ones end in the final state', async () => {
  const source = [
    'CREATE DOMAIN email AS text',
    "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%')",
    'CREATE DOMAIN gone AS int',
    'CREATE TABLE people (id int, mail email, others email[])',
    'DROP DOMAIN gone',
    'ALTER TABLE people RENAME TO persons',
    'ALTER TABLE persons ADD COLUMN age int',
    'ALTER TABLE persons ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE persons DISABLE ROW LEVEL SECURITY',
    'CREATE POLICY all_rows ON persons USING (age > 0)',
    'ALTER TABLE persons RENAME COLUMN age TO years',
  ]
  const result = await importing(source.join(';\n'))
  expect(outcomes(result)).toEqual([])
  expect(kinds(result)).toMatchObject({ domain: 1, 'domain check': 1 })
  await expectLossless(result.document, source)
})

test('an object that several kinds of statements made is rebuilt in an order that works', async () => {
  const source = [
    'CREATE SCHEMA app',
    'CREATE TYPE app.place AS (street text, zip varchar(9))',
    'CREATE TABLE app.sites (id int PRIMARY KEY, at app.place, during tsrange, EXCLUDE USING gist (during WITH &&))',
    'CREATE MATERIALIZED VIEW app.zips AS SELECT (at).zip AS zip, count(*) AS n FROM app.sites GROUP BY 1',
    'CREATE UNIQUE INDEX zips_zip ON app.zips (zip)',
    "COMMENT ON MATERIALIZED VIEW app.zips IS 'by place'",
    'CREATE TABLE app.log (at date NOT NULL, site int REFERENCES app.sites) PARTITION BY RANGE (at)',
    "CREATE TABLE app.log_1 PARTITION OF app.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    'CREATE INDEX ON app.log (site)',
    'CREATE UNLOGGED TABLE app.cache (key text PRIMARY KEY) WITH (fillfactor = 60)',
    'CREATE TABLE app.child (extra int) INHERITS (app.cache)',
    "COMMENT ON TABLE app.child IS 'inherits'",
    'CREATE ROLE reader',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader',
    'CREATE TABLE app.after ()',
  ]
  const result = await importing(source.join(';\n'))
  expect(result.report.objects.filter(({ outcome }) => outcome === 'refused')).toEqual([])
  await expectLossless(result.document, source)
})

test('an import can be watched and cancelled', async () => {
  const sql = Array.from({ length: 300 }, (_, index) => `CREATE TABLE t${index} (id int);`).join('\n')
  const seen: number[] = []
  const controller = new AbortController()
  const work = importSql(sql, open, parse, {
    signal: controller.signal,
    onProgress: ({ done, total }) => {
      expect(total).toBe(300)
      seen.push(done)
      if (done >= 100) controller.abort()
    },
  })
  await expect(work).rejects.toThrow(/abort/i)
  expect(seen).toEqual([0, 25, 50, 75, 100])
})

test('a statement on which PostgreSQL or its parser breaks costs only itself', async () => {
  const sum = Array.from({ length: 60_000 }, () => '1').join('+')
  const deep = '['.repeat(20_000) + ']'.repeat(20_000)
  const result = await importing(`CREATE TABLE a (id int);
CREATE VIEW sums AS SELECT ${sum} AS n;
CREATE TABLE deep AS SELECT '${deep}'::json AS j;
CREATE TABLE b (id int);`)
  expect(kinds(result)).toMatchObject({ table: 2 })
  const refused = result.report.objects.filter(({ outcome }) => outcome === 'refused')
  expect(refused.map(({ line, problem }) => [line, problem?.code])).toEqual([
    [2, '42601'],
    [3, 'engine-crash'],
  ])
})

test('expressions stay as they were written where PostgreSQL prints them alike', async () => {
  const source = [
    `CREATE TABLE deals (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  stage varchar(50) DEFAULT 'prospecting', -- a stage
  amount DECIMAL(12, 2) NOT NULL CHECK (amount >= 0),
  probability int DEFAULT 10 CHECK (probability BETWEEN 0 AND 100),
  currency varchar(3) DEFAULT 'USD' NOT NULL,
  tags jsonb DEFAULT '{}',
  created_at timestamp DEFAULT NOW(),
  label text GENERATED ALWAYS AS (currency || ' ' || stage) STORED
)`,
    `ALTER TABLE deals ADD CONSTRAINT known CHECK (
  (stage = 'won' AND amount IS NOT NULL) OR
  (stage IN ('open', 'lost'))
)`,
    "CREATE INDEX open_deals ON deals (lower(stage), (tags->>'owner')) WHERE stage IN ('open', 'new')",
    'CREATE VIEW big AS\n  SELECT * FROM deals WHERE amount > 1000',
    'CREATE VIEW stale AS SELECT * FROM deals',
    'ALTER TABLE deals ADD COLUMN late int',
  ]
  const { document } = await importing(source.join(';\n'))
  const texts = [...document.objects.values()].flatMap((object) => expressionsOf(object, kindOf(object)))
  expect(texts).toEqual(
    expect.arrayContaining([
      'gen_random_uuid()',
      "'prospecting'",
      'amount >= 0',
      'probability BETWEEN 0 AND 100',
      "'USD'",
      "'{}'",
      'NOW()',
      "currency || ' ' || stage",
      "(stage = 'won' AND amount IS NOT NULL) OR\n  (stage IN ('open', 'lost'))",
      'lower(stage)',
      "(tags->>'owner')",
      "stage IN ('open', 'new')",
    ]),
  )
  const stale = texts.find((text) => text.includes('FROM deals') && !text.includes('1000'))
  expect(stale).not.toContain('*')
  await expectLossless(document, source)
})

test('a pg_dump file is rebuilt without loss', async () => {
  const dump = readFileSync(new URL('./import-dump.fixture.sql', import.meta.url), 'utf8')
  const result = await importing(dump)
  expect(result.report.objects.filter(({ outcome }) => outcome === 'refused')).toEqual([])
  const run = await runSource(splitSql(dump, parse), open)
  const rebuilt = await open()
  try {
    await buildDocument(rebuilt, result.document)
    const expected = await takeSnapshot(run.engine)
    expect(await settledDifferences(expected, await takeSnapshot(rebuilt), open)).toEqual([])
  } finally {
    await run.engine.close()
    await rebuilt.close()
  }
  const view = [...result.document.objects.values()].find(({ name }) => name === 'happy')
  expect(view && expressionsOf(view, kindOf(view))[0]).not.toContain('public.')
})
