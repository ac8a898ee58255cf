import { describe, expect, test } from 'vitest'
import { planMigration } from '../core/migration/plan-migration.ts'
import type { TargetVersion } from '../core/migration/target-version.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { buildDocument } from './catalog-snapshot.ts'
import { importSql } from './import-sql.ts'
import { inProcessMigrator } from './in-process-migrator.ts'
import { openNodeEngine, pairOf } from './migration-pair.test-kit.ts'
import { prove as proveMigration } from './proof.ts'
import { proving } from './proving.test-kit.ts'
import { loadSqlParser } from './sql-parser.ts'
import { tryPlan } from './trial.ts'

const { planOf, prove, proveInstead, firstValue, rolledBack, engine } = proving()

const notes = `CREATE TABLE notes (id int PRIMARY KEY, body text); CREATE INDEX by_body ON notes (body);
  CREATE MATERIALIZED VIEW bodies AS SELECT body FROM notes; CREATE INDEX by_word ON bodies (body)`
const rows = "INSERT INTO notes VALUES (1, 'a'), (2, 'b')"
const columnar = 'CREATE ACCESS METHOD columnar TYPE TABLE HANDLER heap_tableam_handler'
const placeOf = (name: string) =>
  firstValue(`select coalesce((select spcname from pg_tablespace where oid = reltablespace), '') || ' ' || coalesce(
    (select amname from pg_am where oid = relam), '') from pg_class where relname = '${name}'`)

const settled = (document: SchemaDocument) => ({ written: document, canonical: document })

describe('a tablespace', () => {
  test('gets tables, indexes and materialized views, and gives them back', async () => {
    const plan = await prove(
      notes,
      `ALTER TABLE notes SET TABLESPACE fast; ALTER INDEX by_body SET TABLESPACE "Two ""Disks""";
       ALTER MATERIALIZED VIEW bodies SET TABLESPACE fast; ALTER INDEX by_word SET TABLESPACE fast`,
      rows,
      async () => {
        expect(await placeOf('notes')).toBe('fast heap')
        expect(await placeOf('by_body')).toBe('Two "Disks" btree')
        expect(await placeOf('bodies')).toBe('fast heap')
      },
    )
    expect(plan.up).toHaveLength(4)
  })

  test('holds what is made there', () =>
    prove(
      '',
      `CREATE TABLE notes (id int PRIMARY KEY, body text) TABLESPACE fast;
       CREATE INDEX by_body ON notes (body) INCLUDE (id) WITH (fillfactor = 50) TABLESPACE "Two ""Disks""" WHERE id > 0;
       CREATE MATERIALIZED VIEW bodies WITH (fillfactor = 60) TABLESPACE fast AS SELECT body FROM notes`,
      '',
      async () => expect(await placeOf('by_body')).toBe('Two "Disks" btree'),
    ))

  const events = (more: string) => `CREATE TABLE events (id int, at date) PARTITION BY RANGE (at) ${more}`
  const parts = `CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2026-01-01') TABLESPACE pg_default;
    CREATE TABLE events_rest PARTITION OF events DEFAULT; CREATE INDEX by_id ON events (id) TABLESPACE fast`

  test('of a partitioned table is where its partitions are made, unless they say otherwise', async () => {
    await prove(events('TABLESPACE fast'), parts, '', async () => {
      expect(await placeOf('events_2025')).toBe(' heap')
      expect(await placeOf('events_rest')).toBe('fast heap')
      expect(await placeOf('events_rest_id_idx')).toBe('fast btree')
    })
    await prove(
      `${events('')}; ${parts}`,
      'ALTER TABLE events SET TABLESPACE fast; ALTER TABLE events_2025 SET TABLESPACE fast; DROP INDEX by_id; CREATE INDEX by_id ON events (id)',
      "INSERT INTO events VALUES (1, '2025-01-01')",
      async () => expect(await placeOf('events_rest_id_idx')).toBe(' btree'),
    )
  })

  test('stays with a partition that leaves and with a table that comes', () =>
    prove(
      `${events('')}; ${parts}; CREATE TABLE more (id int, at date) TABLESPACE fast`,
      `ALTER TABLE events DETACH PARTITION events_2025; ALTER TABLE events_2025 SET TABLESPACE "Two ""Disks""";
       ALTER TABLE events ATTACH PARTITION more FOR VALUES FROM (MINVALUE) TO ('2024-01-01')`,
      "INSERT INTO more VALUES (5, '2023-01-01'); INSERT INTO events VALUES (1, '2025-01-01')",
      async () => expect(await placeOf('more')).toBe('fast heap'),
    ))

  test('under another name for the usual one is no difference', async () => {
    const { from, plan } = await planOf(`CREATE TABLE notes (id int) TABLESPACE pg_default`, '')
    const { plan: next } = pairOf(from, (await planOf('CREATE TABLE notes (id int) USING heap', '')).from)
    expect(plan.up).toEqual([])
    expect(next.up.filter(({ action }) => action === 'alter')).toEqual([])
  })

  test('comes out of a dump, which only sets it', async () => {
    const dump = `SET default_tablespace = fast;
      SET default_table_access_method = heap;
      CREATE TABLE notes (id int, body text);
      SET default_tablespace = '';
      CREATE TABLE plain (id int);
      SET default_tablespace = '"Two ""Disks"" 🐘"'; SET default_tablespace = "Two ""Disks"" 🐘";
      CREATE INDEX by_body ON notes (body);
      SET default_tablespace = fast;
      ALTER TABLE ONLY notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);`
    const { document, report } = await importSql(dump, openNodeEngine, await loadSqlParser())
    const found = [...document.objects.values()].flatMap((object) =>
      'tablespace' in object ? [[object.name, object.tablespace]] : [],
    )
    expect(found).toEqual([
      ['notes', 'fast'],
      ['plain', null],
      ['by_body', 'Two "Disks" 🐘'],
    ])
    expect(report.objects.filter(({ outcome }) => outcome === 'verbatim').map(({ kind }) => kind)).toEqual([
      'index tablespace',
    ])
  })

  test('is proved with the files for Sequelize, and its locks are measured', async () => {
    const { from, to, plan, sources } = await planOf(
      notes,
      'ALTER TABLE notes SET TABLESPACE fast; CREATE TABLE more (id int PRIMARY KEY) TABLESPACE fast; CREATE INDEX there ON more (id) TABLESPACE fast',
    )
    const tools = { openEngine: openNodeEngine, openMigrator: inProcessMigrator(openNodeEngine) }
    const proof = await proveMigration({ from, to, plan, sources }, tools)
    expect(proof.phases).toEqual(
      proof.phases.map(({ name, milliseconds }) => ({ name, milliseconds, differences: [] })),
    )
    expect(proof.passed).toBe(true)
    const tried = await tryPlan(openNodeEngine, from, to, plan)
    const step = tried.plan.up.find(({ fields }) => fields?.includes('tablespace'))
    expect(step?.hazards.map(({ code }) => code).toSorted()).toEqual(['rewrites-table'])
  })

  test('is where an index is built anew while it is used; a table waits for a quiet hour', async () => {
    const { from, to } = await planOf(
      notes,
      'ALTER TABLE notes SET TABLESPACE fast; ALTER INDEX by_body SET TABLESPACE fast; ALTER MATERIALIZED VIEW bodies SET TABLESPACE fast',
    )
    const plan = planMigration(settled(from), settled(to), { mode: 'zero-downtime' })
    expect(plan.changes?.map(({ title, way, question }) => [title, question?.asks ?? way])).toEqual([
      ['Change tablespace of table notes', 'accept'],
      ['Change tablespace of index by_body on notes', 'safe'],
      ['Change tablespace of materialized view bodies', 'safe'],
    ])
    const simple = new Set(
      [...to.objects.values()].filter(({ kind }) => kind === 'table').map(({ id }) => id),
    )
    const { up, refusals } = planMigration(settled(from), settled(to), { mode: 'zero-downtime', simple })
    expect(refusals).toEqual([])
    const sql = up.flatMap(({ statements }) => statements.map((statement) => statement.sql))
    expect(sql).toContain('CREATE INDEX CONCURRENTLY by_body_new ON notes (body) TABLESPACE fast')
  })

  test('that a transaction made and took back is there again for the next', async () => {
    for (const round of [1, 2]) {
      await rolledBack(async () => {
        await engine().run(`CREATE TABLE there (id int) TABLESPACE "only here"`)
        await engine().run(`INSERT INTO there VALUES (${round})`)
        expect(await firstValue('select sum(id)::int from there')).toBe(round)
      })
    }
    await expect(engine().run('CREATE TABLE there (id int) TABLESPACE pg_nowhere')).rejects.toThrow(
      'pg_nowhere',
    )
  })
})

describe('an access method', () => {
  test('that a schema makes comes before what uses it', async () => {
    const source = `${columnar}; CREATE TABLE archive (id int) USING columnar; CREATE MATERIALIZED VIEW ids USING columnar AS SELECT id FROM archive`
    const { document, report } = await importSql(source, openNodeEngine, await loadSqlParser())
    expect(report.objects.map(({ outcome, kind }) => `${outcome} ${kind}`)).toEqual([
      'kept table',
      'kept materialized view',
      'verbatim access method',
    ])
    const built = await openNodeEngine()
    await buildDocument(built, document)
    await built.close()
  })

  test('changes in place, with every row', () =>
    prove(
      `${columnar}; ${notes}`,
      'ALTER TABLE notes SET ACCESS METHOD columnar, SET TABLESPACE fast; ALTER MATERIALIZED VIEW bodies SET ACCESS METHOD columnar',
      rows,
      async () => {
        expect(await placeOf('notes')).toBe('fast columnar')
        expect(await placeOf('bodies')).toBe(' columnar')
        expect(await firstValue('select count(*)::int from notes')).toBe(2)
      },
    ))

  const events = (more: string) => `${columnar}; CREATE TABLE events (id int) PARTITION BY LIST (id) ${more};
    CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1) USING columnar;
    CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2) USING heap`

  test('of a partitioned table is that of its partitions, unless they say otherwise', async () => {
    await proveInstead(
      columnar,
      `${events('USING columnar')}; CREATE MATERIALIZED VIEW m USING columnar AS SELECT 1 AS a`,
    )
    await prove(events(''), 'ALTER TABLE events SET ACCESS METHOD columnar')
  })

  test.each<[TargetVersion, readonly string[]]>([
    [14, ['PostgreSQL 14 cannot change table notes in place, as 15 can.']],
    [15, []],
  ])('changes on PostgreSQL %i or is refused', async (target, refused) => {
    const { from, to } = await planOf(`${columnar}; ${notes}`, 'ALTER TABLE notes SET ACCESS METHOD columnar')
    const plan = planMigration(settled(from), settled(to), { target })
    expect(plan.refusals.map(({ message }) => message)).toEqual(refused)
  })

  test('comes to a materialized view of an older server by making it anew', async () => {
    const { from, to } = await planOf(
      `${columnar}; ${notes}`,
      'ALTER MATERIALIZED VIEW bodies SET ACCESS METHOD columnar',
    )
    const plan = planMigration(settled(from), settled(to), { target: 14 })
    expect(plan.refusals).toEqual([])
    expect(plan.up.flatMap(({ statements }) => statements.map(({ sql }) => sql))).toEqual([
      'DROP MATERIALIZED VIEW bodies',
      'CREATE MATERIALIZED VIEW bodies USING columnar AS\nSELECT body\n   FROM notes',
      'CREATE INDEX by_word ON bodies ((body))',
    ])
  })

  test('of a partitioned table needs PostgreSQL 17', async () => {
    const { from, to } = await planOf(events(''), 'ALTER TABLE events SET ACCESS METHOD columnar')
    const { refusals } = planMigration(settled(from), settled(to), { target: 16 })
    expect(refusals.map(({ field }) => field)).toEqual(['accessMethod'])
  })
})
