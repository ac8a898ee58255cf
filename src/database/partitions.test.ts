import { describe, expect, test } from 'vitest'
import { planMigration } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { pairOf } from './migration-pair.test-kit.ts'
import { openDatabase } from './node-database.ts'
import { proving } from './proving.test-kit.ts'

const { engine, planOf, prove, proveInstead, firstValue } = proving()

const events = `CREATE TABLE events (id int NOT NULL, at date NOT NULL, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE TABLE events_rest PARTITION OF events DEFAULT PARTITION BY LIST (id);
  CREATE TABLE events_first PARTITION OF events_rest DEFAULT;
  CREATE INDEX events_kind ON events (lower(kind));`
const eventRows = "INSERT INTO events VALUES (1, '2025-02-03', 'a'), (2, '2027-01-01', 'b')"

describe('partitions', () => {
  test('are added, renamed, moved in their bounds and dropped', async () => {
    await prove(
      events,
      `CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
       ALTER TABLE events_2025 RENAME TO "Year 25"`,
      eventRows,
      async () => expect(await firstValue('select count(*)::int from events')).toBe(2),
    )
    await prove(
      events,
      `ALTER TABLE events DETACH PARTITION events_2025;
       ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2024-01-01') TO ('2026-01-01')`,
      eventRows,
      async () => expect(await firstValue('select count(*)::int from events_2025')).toBe(1),
    )
    await prove(events, 'DROP TABLE events_2025')
  })

  const own = `ALTER TABLE events_2025 ADD CONSTRAINT small CHECK (id < 100 AND kind <> ''); CREATE INDEX by_kind ON events_2025 (kind DESC, id) INCLUDE (at);
    CREATE UNIQUE INDEX one_kind ON events_rest (id, lower(kind)) WHERE at > '2020-01-01';
    CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER stop BEFORE UPDATE OF kind ON events_2025 FOR EACH ROW WHEN (old.kind <> new.kind) EXECUTE FUNCTION stop();
    CREATE POLICY mine ON events_2025 USING (id = 1); ALTER TABLE events_2025 ENABLE ROW LEVEL SECURITY, SET (fillfactor = 70)`

  test('get and lose checks, indexes, triggers and policies of their own', () =>
    prove(events, own, eventRows))

  test('keep what is their own while it changes, and columns under it do', async () => {
    await prove(
      `${events} ${own}`,
      `DROP TRIGGER stop ON events_2025; ALTER TABLE events ALTER COLUMN kind TYPE varchar(40); ALTER TABLE events RENAME COLUMN kind TO "What kind";
       CREATE TRIGGER stop BEFORE UPDATE OF "What kind" ON events_2025 FOR EACH ROW WHEN (old."What kind" <> new."What kind") EXECUTE FUNCTION stop();
       ALTER INDEX by_kind RENAME TO "Of 25"; ALTER TABLE events_2025 RENAME CONSTRAINT small TO few;
       DROP INDEX one_kind; CREATE INDEX one_kind ON events_rest (id); ALTER TABLE events_2025 RENAME TO "Year 25"`,
      eventRows,
    )
    await prove(
      `${events} ${own}`,
      'DROP TRIGGER stop ON events_2025; ALTER TABLE events DROP COLUMN kind',
      eventRows,
    )
    await prove(`${events} ${own}`, 'DROP TABLE events_2025', eventRows)
  })

  test('are read back with what is their own after each edit', async () => {
    const database = await openDatabase()
    try {
      const { document } = await database.importSql(
        `${events} ${own}; ALTER TABLE events_first ALTER kind SET DEFAULT 'x'`,
      )
      const held = await database.validate(document)
      expect([held.problems, held.differences]).toEqual([[], []])
      const objects = new Map(document.objects)
      for (const object of document.objects.values()) {
        if (object.name === 'small')
          objects.set(object.id, Object.assign({}, object, { expression: 'id < 50' }))
        if (object.name === 'by_kind') objects.delete(object.id)
        if (object.kind === 'partition default')
          objects.set(object.id, Object.assign({}, object, { expression: "'y'" }))
      }
      const edited = await database.validate({ ...document, objects })
      expect([edited.problems, edited.differences]).toEqual([[], []])
      expect(edited.rebuilt).toBe(false)
    } finally {
      database.close()
    }
  })

  test('have defaults of their own, which outlast those of their table and types', async () => {
    const given = events.replace('kind text', "kind text DEFAULT 'table'")
    const withOwn = `${given} ALTER TABLE events_2025 ALTER kind SET DEFAULT 'own'; ALTER TABLE events_rest ALTER kind DROP DEFAULT;
      ALTER TABLE events_first ALTER kind SET DEFAULT 'first'`
    const defaults = `select string_agg(coalesce(pg_get_expr(adbin, adrelid), ''), ' ' order by a.attrelid::regclass::text)
      from pg_attribute a left join pg_attrdef d on adrelid = attrelid and adnum = attnum
      where a.attname = 'kind' and a.attrelid::regclass::text ~ '^events(_2025|_rest|_first)?$'`
    await prove(given, withOwn.slice(given.length), eventRows, async () =>
      expect(await firstValue(defaults)).toBe("'table'::text 'own'::text 'first'::text "),
    )
    await prove(
      withOwn,
      `ALTER TABLE ONLY events ALTER kind SET DEFAULT 'other'; ALTER TABLE events_first ALTER kind SET DEFAULT 'deep'`,
      eventRows,
      async () => expect(await firstValue(defaults)).toBe("'other'::text 'own'::text 'deep'::text "),
    )
    await proveInstead(
      withOwn,
      withOwn.replace('kind text', 'kind char(40)').replace('(lower(kind))', '(kind)'),
      eventRows,
    )
    await prove(
      withOwn,
      `ALTER TABLE events_rest ALTER kind SET DEFAULT 'table'; ALTER TABLE events DETACH PARTITION events_2025`,
    )
    await prove(withOwn, 'ALTER TABLE events RENAME kind TO "What kind"', eventRows)
    await prove(withOwn, 'ALTER TABLE events DROP COLUMN kind', eventRows)
  })

  test('keep what is their own when they leave, come and get other bounds', async () => {
    await prove(`${events} ${own}`, 'ALTER TABLE events DETACH PARTITION events_2025', eventRows)
    await prove(
      `${events} ${own}; ALTER TABLE events DETACH PARTITION events_2025`,
      "ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2024-01-01') TO ('2026-01-01')",
      "INSERT INTO events_2025 VALUES (1, '2025-02-03', 'a')",
    )
    await prove(
      `${events} ${own}`,
      `ALTER TABLE events DETACH PARTITION events_2025;
       ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2024-01-01') TO ('2026-01-01')`,
      eventRows,
    )
  })

  test('leave or come while their table gets a column that they must not have', async () => {
    await prove(
      events,
      'ALTER TABLE events DETACH PARTITION events_2025; ALTER TABLE events ADD COLUMN amount numeric',
      eventRows,
      async () => expect(await firstValue('select count(*)::int from events_2025')).toBe(1),
    )
    await prove(
      `${events} ALTER TABLE events DETACH PARTITION events_2025; ALTER TABLE events ADD COLUMN amount numeric`,
      `ALTER TABLE events DROP COLUMN amount;
       ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
    )
  })

  test('follow their table: columns, keys, indexes, references', async () => {
    await prove(
      events,
      `ALTER TABLE events ADD COLUMN amount numeric; ALTER TABLE events ALTER COLUMN kind TYPE varchar(40);
       ALTER TABLE events RENAME COLUMN at TO "At time"; DROP INDEX events_kind; ALTER TABLE events RENAME TO happenings`,
      eventRows,
    )
    await prove(
      events,
      `CREATE TABLE notes (event int, at date, FOREIGN KEY (event, at) REFERENCES events);
       CREATE SCHEMA app; ALTER TABLE events ADD CONSTRAINT positive CHECK (id > 0)`,
      eventRows,
    )
  })

  const parts = `CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
    CREATE TABLE events_rest PARTITION OF events DEFAULT`
  const plain = (more: string) => `CREATE ROLE reader; CREATE SEQUENCE numbers START 10;
    CREATE TABLE people (id int PRIMARY KEY);
    CREATE TABLE events (id int GENERATED ALWAYS AS IDENTITY, at date NOT NULL, "Old ""name" text, twice int GENERATED ALWAYS AS (who * 2) STORED,
      who int REFERENCES people, number int DEFAULT nextval('numbers'), UNIQUE (at, id), CHECK (who > 0)) ${more};
    ALTER SEQUENCE numbers OWNED BY events.number;
    CREATE INDEX events_who ON events (who); COMMENT ON INDEX events_who IS 'Who'; COMMENT ON TABLE events IS 'What happened';
    COMMENT ON COLUMN events.at IS 'When';
    CREATE TABLE notes (at date, event int, FOREIGN KEY (at, event) REFERENCES events (at, id));
    CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER stop BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION stop();
    ALTER TABLE events ENABLE ROW LEVEL SECURITY; ALTER TABLE events FORCE ROW LEVEL SECURITY;
    CREATE POLICY mine ON events TO reader USING (who = 1); GRANT SELECT, UPDATE (who) ON events TO reader;
    CREATE VIEW seen AS SELECT id, who FROM events; GRANT SELECT ON seen TO reader`
  const plainRows = `INSERT INTO people VALUES (1); ALTER TABLE events DISABLE TRIGGER stop;
    INSERT INTO events (at, "Old ""name", who) VALUES ('2025-02-03', 'a', 1), ('2026-02-03', 'b', NULL), ('2027-01-01', 'c', 1);
    INSERT INTO notes VALUES ('2025-02-03', 1); ALTER TABLE events ENABLE TRIGGER stop`

  test.each([
    ['a table into a partitioned one and back', plain(''), `${plain('PARTITION BY RANGE (at)')}; ${parts}`],
    [
      'the partition key and back',
      `${plain('PARTITION BY LIST (at)')}; CREATE TABLE events_all PARTITION OF events DEFAULT`,
      `${plain('PARTITION BY RANGE (at)')}; ${parts}`,
    ],
  ])('changes %s, with every row and all that is on it', async (_what, base, next) => {
    const plan = await proveInstead(base, next, plainRows, async () => {
      const facts = `select string_agg(concat_ws(',', id, at, "Old ""name", twice, who, number), ' ' order by id) from events`
      expect(await firstValue(facts)).toBe('1,2025-02-03,a,2,1,10 2,2026-02-03,b,11 3,2027-01-01,c,2,1,12')
      const next = `select nextval(pg_get_serial_sequence('events', 'id')) || ',' || nextval('numbers') || pg_get_serial_sequence('events', 'id')`
      await engine().run('SAVEPOINT numbers')
      expect(await firstValue(next)).toBe('4,13public.events_id_seq')
      await engine().run('ROLLBACK TO numbers')
    })
    expect(plan.up.map(({ title }) => title)).toContain('Move what is in table events to the new one')
  })

  const shared = `${events} CREATE TABLE events_2026 (LIKE events INCLUDING ALL); CREATE INDEX own ON events_2026 (id);
    ALTER TABLE events_2026 ADD CHECK (id > 0); CREATE VIEW of_2026 AS SELECT kind FROM events_2026`
  const sharedRows = `${eventRows}; INSERT INTO events_2026 VALUES (5, '2026-02-03', 'z')`

  test('detaches a partition, which stays with its rows, and attaches it again', async () => {
    await prove(events, 'ALTER TABLE events DETACH PARTITION events_2025', eventRows, async () =>
      expect(await firstValue('select (select count(*) from events) || kind from events_2025')).toBe('1a'),
    )
  })

  test('attaches a table with its rows and detaches it again', async () => {
    await prove(
      shared,
      `DROP INDEX own; ALTER TABLE events_2026 DROP CONSTRAINT events_2026_id_check;
       ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
      sharedRows,
      async () =>
        expect(await firstValue('select (select count(*) from events) || kind from of_2026')).toBe('3z'),
    )
  })

  test('divides a partition into partitions of its own', async () => {
    const divided = events.replace("TO ('2026-01-01')", "TO ('2026-01-01') PARTITION BY HASH (id)")
    await proveInstead(
      events,
      `${divided} CREATE TABLE one PARTITION OF events_2025 FOR VALUES WITH (MODULUS 1, REMAINDER 0)`,
      eventRows,
      async () =>
        expect(await firstValue('select (select count(*) from events) || kind from one')).toBe('2a'),
    )
  })

  test('refuses another type of a column that they are made by', async () => {
    const { from } = await planOf(events, '')
    const objects = new Map(from.objects)
    for (const object of objects.values()) {
      if (object.kind === 'column' && object.name === 'at') {
        objects.set(
          object.id,
          Object.assign({}, object, {
            type: { base: 'timestamp without time zone', modifiers: '', dimensions: 0, ref: null },
          }),
        )
      }
    }
    const { plan } = pairOf(from, { ...from, objects })
    expect(plan.refusals[0]?.message).toMatch(/replacing both would lose every row of events/)
  })

  test('asks in phases before every row moves', async () => {
    const { from } = await planOf('CREATE TABLE t (a int)', '')
    const objects = new Map(from.objects)
    for (const object of objects.values())
      if (object.kind === 'table')
        objects.set(object.id, Object.assign({}, object, { partitionBy: 'list', partitionKey: ['a'] }))
    const to = { ...from, objects }
    const settled = (written: SchemaDocument) => ({ written, canonical: written })
    const { changes } = planMigration(settled(from), settled(to), { mode: 'zero-downtime' })
    expect(changes?.map(({ way, question }) => [way, question?.asks])).toEqual([['asks', 'accept']])
  })
})
