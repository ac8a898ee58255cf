import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { Plan, Step } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Engine } from './engine.ts'
import { openNodeEngine, pairOf } from './migration-pair.test-kit.ts'
import { identify, readCatalog, withDocumentIds } from './read-back.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openNodeEngine()
})

afterAll(() => engine.close())

async function rolledBack<T>(work: () => Promise<T>): Promise<T> {
  await engine.run('BEGIN')
  try {
    return await work()
  } finally {
    await engine.run('ROLLBACK')
  }
}

async function read(target: SchemaDocument | null): Promise<SchemaDocument> {
  const found = await readCatalog(engine)
  const objects = target ? withDocumentIds(found, identify(found, target)) : found
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}

async function run(steps: readonly Step[]): Promise<void> {
  for (const { statements } of steps) {
    for (const { sql } of statements) {
      await engine.run(sql).catch((error: unknown) => {
        throw new Error(`${sql}: ${error instanceof Error ? error.message : ''}`)
      })
    }
  }
}

/** The plan for what `change` does to the schema that `base` makes. */
function planOf(base: string, change: string) {
  return rolledBack(async () => {
    await engine.raw(base)
    const from = await read(null)
    await engine.raw(change)
    return pairOf(from, await read(null))
  })
}

function expectSame(found: SchemaDocument, expected: SchemaDocument): void {
  const changes = diffDocuments(found, expected).filter(
    (change) =>
      change.type === 'changed' || !kindOf(change.type === 'added' ? change.to : change.from).clusterWide,
  )
  expect(changes).toEqual([])
}

/** Runs the plan up, down and up again over `rows`; `after` looks at what the way up left. */
async function prove(base: string, change: string, rows = '', after?: () => Promise<void>): Promise<Plan> {
  const { from, to, plan } = await planOf(base, change)
  expect(plan.refusals).toEqual([])
  await rolledBack(async () => {
    await engine.raw(`${base};${rows}`)
    await run(plan.up)
    expectSame(await read(to), to)
    await after?.()
    await run(plan.down)
    expectSame(await read(from), from)
    await run(plan.up)
    expectSame(await read(to), to)
  })
  return plan
}

async function firstValue(sql: string): Promise<unknown> {
  const { rows } = await engine.query(sql)
  return Object.values(rows[0] ?? {})[0]
}

const people = `CREATE ROLE reader; CREATE ROLE "Odd ""role";
  CREATE TABLE people (id int PRIMARY KEY, owner text, age int, data jsonb);
  ALTER TABLE people ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON people TO reader USING (owner = CURRENT_USER AND age > 3);
  GRANT SELECT, UPDATE (owner) ON people TO reader;
  CREATE VIEW adults AS SELECT id, age FROM people WHERE age > 17;
  COMMENT ON VIEW adults IS 'Of age';
  GRANT SELECT ON adults TO reader WITH GRANT OPTION;
  GRANT SELECT ON adults TO PUBLIC;`

describe('rights', () => {
  test('a view made anew keeps its privileges and comment, a policy its place', async () => {
    const plan = await prove(
      people,
      `DROP VIEW adults; DROP POLICY mine ON people; ALTER TABLE people ALTER COLUMN age TYPE bigint;
       CREATE POLICY mine ON people TO reader USING (owner = CURRENT_USER AND age > 3);
       CREATE VIEW adults AS SELECT id, age FROM people WHERE age > 17;
       COMMENT ON VIEW adults IS 'Of age';
       GRANT SELECT ON adults TO reader WITH GRANT OPTION; GRANT SELECT ON adults TO PUBLIC;`,
      "INSERT INTO people VALUES (1, 'a', 20)",
    )
    const sql = plan.up.flatMap(({ statements }) => statements.map((statement) => statement.sql))
    expect(sql).toContain('GRANT SELECT ON TABLE adults TO reader WITH GRANT OPTION')
  })

  test('what a role may do changes, down to a column', async () => {
    await prove(people, 'REVOKE SELECT ON people FROM reader; GRANT SELECT (id) ON people TO reader')
    await prove(
      people,
      'GRANT INSERT ON people TO reader WITH GRANT OPTION; REVOKE SELECT ON adults FROM PUBLIC',
    )
    await prove(people, 'GRANT UPDATE ON people TO "Odd ""role"; REVOKE DELETE ON people FROM CURRENT_USER')
    await prove(people, 'ALTER TABLE people RENAME COLUMN owner TO "Own er"')
    await prove(
      people,
      'GRANT SELECT (id), UPDATE (id) ON people TO reader; REVOKE SELECT ON people FROM reader',
    )
  })

  test('a policy changes in place or is made anew', async () => {
    await prove(people, 'ALTER POLICY mine ON people TO PUBLIC USING (true)')
    await prove(
      people,
      'ALTER POLICY mine ON people RENAME TO yours; ALTER TABLE people FORCE ROW LEVEL SECURITY',
    )
    await prove(people, 'DROP POLICY mine ON people; ALTER TABLE people DROP COLUMN owner')
    await prove(
      people,
      'DROP POLICY mine ON people; CREATE POLICY mine ON people AS RESTRICTIVE FOR INSERT TO reader WITH CHECK (age > 0)',
    )
  })

  test('a role is made where it is missing and left alone where it exists', async () => {
    const { plan } = await planOf(
      '',
      "CREATE ROLE auditor LOGIN CONNECTION LIMIT 3; COMMENT ON ROLE auditor IS 'x'",
    )
    await rolledBack(async () => {
      await engine.run('CREATE ROLE auditor CONNECTION LIMIT 9')
      await run(plan.up)
      expect(await firstValue("select rolconnlimit from pg_roles where rolname = 'auditor'")).toBe(9)
      await run(plan.down)
      expect(await firstValue("select count(*)::int from pg_roles where rolname = 'auditor'")).toBe(1)
    })
    await rolledBack(async () => {
      await run(plan.up)
      expect(await firstValue("select rolconnlimit from pg_roles where rolname = 'auditor'")).toBe(3)
    })
  })

  test('default privileges come and go', async () => {
    const base = 'CREATE ROLE reader; CREATE SCHEMA app;'
    await prove(base, 'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader')
    await prove(`${base} ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`, 'DROP SCHEMA app')
  })
})

describe('how tables are kept', () => {
  test('options change with the rest of the table', async () => {
    await prove(
      people,
      `ALTER TABLE people SET UNLOGGED; ALTER TABLE people SET (fillfactor = 70);
       ALTER TABLE people REPLICA IDENTITY USING INDEX people_pkey;
       ALTER TABLE people ALTER COLUMN data SET STORAGE EXTERNAL, ALTER COLUMN data SET COMPRESSION pglz`,
    )
  })

  test('a new type keeps the storage that was chosen', async () => {
    const base = `CREATE TABLE notes (body text); ALTER TABLE notes ALTER COLUMN body SET STORAGE EXTERNAL,
      ALTER COLUMN body SET STATISTICS 700`
    await prove(
      base,
      'ALTER TABLE notes ALTER COLUMN body TYPE varchar(900); ALTER TABLE notes ALTER COLUMN body SET STORAGE EXTERNAL',
    )
  })

  test('the replica identity is set again when its index is made anew', async () => {
    const base = `CREATE TABLE t (id int NOT NULL, code int NOT NULL); CREATE UNIQUE INDEX by_code ON t (code);
      ALTER TABLE t REPLICA IDENTITY USING INDEX by_code`
    const { from } = await planOf(base, '')
    const objects = new Map(from.objects)
    for (const object of objects.values()) {
      if (object.kind === 'index')
        objects.set(object.id, Object.assign({}, object, { nullsNotDistinct: true }))
    }
    const { plan, to } = pairOf(from, { ...from, objects })
    expect(plan.refusals).toEqual([])
    await rolledBack(async () => {
      await engine.raw(base)
      await run(plan.up)
      expectSame(await read(to), to)
      await run(plan.down)
      expectSame(await read(from), from)
    })
  })
})

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

  test.each([
    [
      'a table into a partitioned one',
      'CREATE TABLE t (a int)',
      'CREATE TABLE t (a int) PARTITION BY LIST (a)',
    ],
    [
      'a partitioned table into a plain one',
      'CREATE TABLE t (a int) PARTITION BY LIST (a)',
      'CREATE TABLE t (a int)',
    ],
    [
      'the partition key',
      'CREATE TABLE t (a int, b int) PARTITION BY LIST (a)',
      'CREATE TABLE t (a int, b int) PARTITION BY LIST (b)',
    ],
  ])('refuses to change %s', async (_what, base, next) => {
    const { from } = await planOf(base, '')
    const { from: to } = await planOf(next, '')
    const aligned = new Map(
      withDocumentIds([...to.objects.values()], identify([...to.objects.values()], from)).map((object) => [
        object.id,
        object,
      ]),
    )
    const { plan } = pairOf(from, { objects: aligned, diagram: new Map() })
    expect(plan.refusals[0]?.message).toMatch(/its rows would have to move/)
  })

  test.each([
    ['detach', events, 'ALTER TABLE events DETACH PARTITION events_2025'],
    [
      'attach',
      `${events} CREATE TABLE events_2026 (LIKE events INCLUDING ALL);`,
      "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    ],
  ])('refuses to %s rather than to lose rows', async (_what, base, change) => {
    const { plan } = await planOf(base, change)
    expect(plan.refusals.map(({ message }) => message).join()).toMatch(/made anew, it would lose every row/)
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
})
