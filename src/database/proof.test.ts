import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inProcessMigrator } from './in-process-migrator.ts'
import { migrationPair, openNodeEngine, pairOf } from './migration-pair.test-kit.ts'
import { prove } from './proof.ts'
import { tryPlan } from './trial.ts'

const tools = { openEngine: openNodeEngine, openMigrator: inProcessMigrator(openNodeEngine) }
const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
const forge = read('src/core/templates/forge-crm.sql')
const forgeChange = read('e2e/fixtures/sql/forge-custom-fields.sql')

test("proves the seed's first migration in both forms, with rows in every table", async () => {
  const pair = await migrationPair(forge, forgeChange)
  const phases: string[] = []
  const proof = await prove(pair, tools, { onProgress: ({ phase }) => phases.push(phase) })
  expect(proof).toMatchObject({ passed: true, form: 'sequelize', postgres: '18.6', lostByDown: [] })
  // Three in each of the four tables, and what the audit triggers wrote of them.
  expect(proof.rowsBefore).toBeGreaterThanOrEqual(12)
  expect(proof.rowsKept).toBe(proof.rowsBefore)
  expect(proof.phases.map(({ name }) => name)).toEqual(['up', 'down', 'up again'])
  expect(phases.slice(-2)).toEqual(['Running up again', 'Measuring locks'])
  const { sources: _, ...sql } = pair
  expect(await prove(sql, tools)).toMatchObject({ passed: true, form: 'sql' })
})

test('measures locks on thousands of rows, down and up', async () => {
  const { from, to, plan } = await migrationPair(forge, forgeChange)
  const { plan: tried } = await tryPlan(openNodeEngine, from, to, plan)
  const { locks } = await prove({ from, to, plan: tried }, tools)
  expect(locks?.rows).toEqual({ contacts: expect.any(Number) })
  expect(locks?.rows.contacts).toBeGreaterThanOrEqual(3000)
  const rewrite = locks?.up.find(({ rewritten }) => rewritten.length > 0)
  expect(rewrite).toMatchObject({
    rewritten: ['contacts'],
    locks: [{ relation: 'contacts', mode: 'ACCESS EXCLUSIVE', existed: true }],
  })
  const short = locks?.down.find(({ sql }) => sql.includes('DROP COLUMN'))
  expect(rewrite?.milliseconds).toBeGreaterThan((short?.milliseconds ?? 0) * 2)
})

test('proves a whole schema from nothing', async () => {
  const proof = await prove(await migrationPair('', forge), tools)
  expect(proof.phases.map(({ differences }) => differences)).toEqual([[], [], []])
  expect(proof.passed).toBe(true)
})

test('says exactly what differs when the file does something else', async () => {
  const pair = await migrationPair(
    'CREATE TABLE t (id integer PRIMARY KEY)',
    'ALTER TABLE t ADD COLUMN a varchar(20)',
  )
  const sources = pair.sources.map((source) => source.replace('STRING(20)', 'STRING(30)'))
  const proof = await prove({ ...pair, sources }, tools)
  expect(proof.passed).toBe(false)
  expect(proof.phases[0]?.differences).toEqual([
    {
      object: 'table public.t · column a',
      field: 'type',
      expected: expect.stringContaining('"20"'),
      found: expect.stringContaining('"30"'),
    },
  ])
})

test('finds what no kind models', async () => {
  const pair = await migrationPair('CREATE TABLE t (id integer)', 'ALTER TABLE t ADD COLUMN a integer')
  const sources = pair.sources.map((source) =>
    source.replace(
      'await queryInterface.addColumn',
      "await queryInterface.sequelize.query('CREATE OPERATOR FAMILY f USING btree');\nawait queryInterface.addColumn",
    ),
  )
  const proof = await prove({ ...pair, sources }, tools)
  expect(proof.phases[0]?.differences).toMatchObject([
    { object: 'operator family public.f using btree', expected: null },
  ])
})

test('counts rows that did not survive', async () => {
  const pair = await migrationPair(
    'CREATE TABLE t (id integer PRIMARY KEY)',
    'ALTER TABLE t ADD COLUMN a integer',
  )
  const sources = pair.sources.map((source) =>
    source.replace(
      'async up(queryInterface, Sequelize) {',
      "async up(queryInterface, Sequelize) { await queryInterface.sequelize.query('DELETE FROM t WHERE id = 1');",
    ),
  )
  const proof = await prove({ ...pair, sources, rows: 'INSERT INTO t VALUES (1), (2), (3)' }, tools)
  expect(proof).toMatchObject({ passed: false, rowsBefore: 3, rowsKept: 2 })
})

test('names what down cannot bring back', async () => {
  const pair = await migrationPair(
    'CREATE TABLE t (id integer PRIMARY KEY, a text); CREATE TABLE gone (id integer)',
    'ALTER TABLE t DROP COLUMN a; DROP TABLE gone',
  )
  const proof = await prove(pair, tools)
  expect(proof.passed).toBe(true)
  expect([...proof.lostByDown].sort()).toEqual(['every row of gone', 'every value of t.a'])
})

test("a person's rows decide, made-up rows do not", async () => {
  const base = 'CREATE TABLE t (id integer PRIMARY KEY, kind text)'
  const pair = await migrationPair(base, 'CREATE UNIQUE INDEX one_row ON t ((true))')
  const given = await prove({ ...pair, rows: 'INSERT INTO t VALUES (1), (2)' }, tools)
  expect(given).toMatchObject({ passed: false, phases: [{ problem: { code: '23505' } }] })
  expect(await prove(pair, tools)).toMatchObject({ passed: true, rowsBefore: 0 })
})

test('made-up rows that stop it leave a proof on empty tables, which says what stopped it', async () => {
  const pair = await migrationPair(
    'CREATE TABLE t (id integer PRIMARY KEY); CREATE TABLE other (id integer PRIMARY KEY)',
    'ALTER TABLE t ADD COLUMN a integer NOT NULL',
  )
  const phases: string[] = []
  const proof = await prove(pair, tools, { onProgress: ({ phase }) => phases.push(phase) })
  expect(phases).toContain('Building the old schema without rows')
  expect(proof).toMatchObject({
    passed: true,
    rowsBefore: 0,
    rowsKept: 0,
    stoppedByRows: {
      name: 'up',
      problem: { code: '23502', message: 'column "a" of relation "t" contains null values' },
    },
  })
  expect(proof.phases.map(({ name, problem }) => [name, problem])).toEqual([
    ['up', undefined],
    ['down', undefined],
    ['up again', undefined],
  ])
})

test('a file that is wrong on empty tables too fails, whatever stopped it with rows', async () => {
  const pair = await migrationPair(
    'CREATE TABLE t (id integer PRIMARY KEY)',
    'ALTER TABLE t ADD COLUMN a integer NOT NULL',
  )
  const sources = pair.sources.map((source) => source.replace('INTEGER', 'BIGINT'))
  const proof = await prove({ ...pair, sources }, tools)
  expect(proof).toMatchObject({ passed: false, stoppedByRows: { problem: { code: '23502' } } })
  expect(proof.phases[0]?.differences).toMatchObject([{ object: 'table public.t · column a' }])
})

test('a schema that PostgreSQL refuses is a failed proof with its reason', async () => {
  const { from } = await migrationPair('CREATE TABLE t (id integer)', '')
  const broken = new Map(
    [...from.objects].map(([id, object]) => [
      id,
      object.kind === 'table' ? { ...object, name: 'pg_x' } : object,
    ]),
  )
  const check = {
    id: 'k',
    kind: 'check',
    parent: [...from.objects.values()].find(({ kind }) => kind === 'table')?.id ?? null,
    name: 'k',
    comment: null,
    expression: 'nothing > 0',
    noInherit: false,
    local: true,
    notValid: false,
  }
  broken.set('k', check)
  const to = { objects: broken, diagram: from.diagram }
  const { plan } = pairOf(from, from)
  expect(await prove({ from, to, plan }, tools)).toMatchObject({
    passed: false,
    phases: [{ problem: { code: '42703' } }],
  })
})

test('a trigger that calls itself for ever does not stop a proof', async () => {
  const base = `CREATE TABLE t (id integer);
    CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (NEW.id); RETURN NEW; END $$;
    CREATE TRIGGER again BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION again();`
  const pair = await migrationPair(base, 'ALTER TABLE t ADD COLUMN a integer')
  expect(await prove(pair, tools)).toMatchObject({ passed: true, rowsBefore: 0 })
})
