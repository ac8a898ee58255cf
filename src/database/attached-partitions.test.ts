import { describe, expect, test } from 'vitest'
import { alignDocuments } from '../core/diff/align-documents.ts'
import { boundCondition } from '../core/kinds/partition/partition.bound.ts'
import { isPartition } from '../core/kinds/partition/partition.kind.ts'
import { type PlanChoices, planMigration } from '../core/migration/plan-migration.ts'
import { schemaOf } from '../core/model/schema.ts'
import { proving } from './proving.test-kit.ts'

const { engine, rolledBack, planOf, prove, firstValue } = proving()

const events = `CREATE TABLE people (id int PRIMARY KEY);
  CREATE TABLE events (id int NOT NULL, at date NOT NULL, kind text, who int REFERENCES people, CONSTRAINT positive CHECK (id > 0),
    CONSTRAINT known PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
  CREATE INDEX by_kind ON events (lower(kind), at DESC);`
const bounds = "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"
const part = `${events} CREATE TABLE events_2026 PARTITION OF events ${bounds};`
const blank = '(LIKE events INCLUDING ALL)'
const alone = `${events} CREATE TABLE events_2026 ${blank}; ALTER TABLE events_2026 ADD CONSTRAINT mine FOREIGN KEY (who) REFERENCES people;`
const rows = `INSERT INTO people VALUES (1); INSERT INTO events_2026 VALUES (2, '2026-02-03', 'a', 1);`
const attachFor = (values: string) => `ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES ${values}`
const attach = attachFor(bounds.slice('FOR VALUES '.length))
const detach = 'ALTER TABLE events DETACH PARTITION events_2026'

/** The files of its indexes: they stay while nobody builds one anew. */
const files = `(select string_agg(relfilenode::text, ' ' order by relfilenode) from pg_class join pg_index on indexrelid = oid
  where indrelid = 'events_2026'::regclass)`

describe('what a table and its partitioned table have in common', () => {
  test.each([
    ['attached', alone, attach],
    ['detached', part, detach],
    ['attached under names of its own', `${alone} ALTER INDEX events_2026_pkey RENAME TO by_time;`, attach],
    [
      'detached under the names of its other indexes',
      part,
      `${detach}; ALTER INDEX events_2026_pkey RENAME TO aside; ALTER INDEX events_2026_lower_at_idx RENAME TO events_2026_pkey;
       ALTER INDEX aside RENAME TO events_2026_lower_at_idx; ALTER TABLE events_2026 RENAME CONSTRAINT events_who_fkey TO mine`,
    ],
    [
      'attached with parts of its own',
      `${alone} CREATE INDEX own ON events_2026 (who); ALTER TABLE events_2026 ADD CHECK (at >= '2026-01-01'); GRANT SELECT ON events_2026 TO PUBLIC;`,
      attach,
    ],
    [
      'detached with parts of its own',
      `${part} CREATE INDEX own ON events_2026 (who); ALTER TABLE events_2026 ADD CHECK (id > 1); GRANT SELECT ON events_2026 TO PUBLIC;`,
      detach,
    ],
    [
      'attached with a check of its own that says the bounds',
      `${alone} ALTER TABLE events_2026 ADD CONSTRAINT few CHECK ((at IS NOT NULL) AND (at >= '2026-01-01') AND (at < '2027-01-01'));`,
      attach,
    ],
  ])('stays when it is %s', async (_how, base, change) => {
    const plan = await prove(
      base,
      change,
      `${rows} SELECT set_config('test.files', ${files}, true)`,
      async () => expect(await firstValue(`select current_setting('test.files') = ${files}`)).toBe(true),
    )
    expect(plan.up.map(({ action }) => action)).toEqual(['become'])
  })

  test.each([
    ['other orders', 'CREATE INDEX own ON events_2026 (lower(kind), at)'],
    ['another kind of constraint', 'CREATE UNIQUE INDEX own ON events_2026 (at, id)'],
    ['a comment', "CREATE INDEX own ON events_2026 (lower(kind), at DESC); COMMENT ON INDEX own IS 'Mine'"],
    ['the same twice', 'CREATE INDEX own ON events_2026 (who); CREATE INDEX other ON events_2026 (who)'],
    ['another check', 'ALTER TABLE events_2026 ADD CONSTRAINT positive CHECK (id > 1)'],
    ['a check to be proved', 'ALTER TABLE events_2026 ADD CONSTRAINT positive CHECK (id > 0) NOT VALID'],
    ['nothing', ''],
  ])('does not include %s', async (_what, own) => {
    const base = `${events} CREATE INDEX by_who ON events (who);
      CREATE TABLE events_2026 (id int NOT NULL, at date NOT NULL, kind text, who int); ${own};`
    const fit = `ALTER TABLE events_2026 DROP CONSTRAINT IF EXISTS positive; ALTER TABLE events_2026 ADD CONSTRAINT positive CHECK (id > 0);
      DROP INDEX IF EXISTS own; DROP INDEX IF EXISTS other;`
    await prove(base, `${fit} ${attach}`, rows)
  })
})

describe('in a database in use', () => {
  const divided = (
    key: string,
  ) => `CREATE TABLE events (id int NOT NULL, at date, kind text) PARTITION BY ${key};
    CREATE TABLE events_2026 (id int NOT NULL, at date, kind text);`
  const like = (columns: string) => alone.replace(blank, `(${columns}, at date NOT NULL, kind text, who int)`)
  const checked = 'ALTER TABLE events_2026 ADD CONSTRAINT positive CHECK (id > 0);'

  test.each([
    [
      'a DEFAULT partition holds other rows',
      `${alone} CREATE TABLE rest PARTITION OF events DEFAULT;`,
      attach,
    ],
    ['several columns decide', divided('RANGE (id, at)'), attachFor('FROM (1, MINVALUE) TO (2, MINVALUE)')],
    ['an expression decides', divided('LIST (lower(kind))'), attachFor("IN ('a')")],
    ['a hash decides', divided('HASH (id)'), attachFor('WITH (MODULUS 2, REMAINDER 0)')],
    [
      'its columns may be null',
      like('id int'),
      `ALTER TABLE events_2026 ALTER id SET NOT NULL; ${checked} ${attach}`,
    ],
    [
      'its columns have other defaults',
      like('id int NOT NULL DEFAULT 5'),
      `ALTER TABLE events_2026 ALTER id DROP DEFAULT; ${checked} ${attach}`,
    ],
    [
      'its columns number themselves',
      like('id int GENERATED ALWAYS AS IDENTITY'),
      `ALTER TABLE events_2026 ALTER id DROP IDENTITY; ${checked} ${attach}`,
    ],
    [
      'it has another primary key',
      like('id int PRIMARY KEY'),
      `ALTER TABLE events_2026 DROP CONSTRAINT events_2026_pkey; ${checked} ${attach}`,
    ],
    ['it gets a check of its own', alone, `ALTER TABLE events_2026 ADD CHECK (who > 0); ${attach}`],
    ['it hides rows', `${alone} ALTER TABLE events_2026 ENABLE ROW LEVEL SECURITY;`, attach],
    [
      'it loses rights',
      `${alone} GRANT SELECT ON events_2026 TO PUBLIC;`,
      `REVOKE SELECT ON events_2026 FROM PUBLIC; ${attach}`,
    ],
    [
      'a view on it would be missing',
      `${alone} CREATE INDEX own ON events_2026 (who); CREATE VIEW seen AS SELECT id FROM events_2026;`,
      `DROP INDEX own; ${attach}`,
    ],
    [
      'a view on it would be missing as it leaves',
      `${part} CREATE VIEW seen AS SELECT id FROM events_2026;`,
      detach,
    ],
    [
      'others refer to it',
      `${alone} CREATE TABLE notes (at date, id int, FOREIGN KEY (at, id) REFERENCES events_2026);`,
      attach,
    ],
    ['the partitioned table changes too', alone, `ALTER TABLE events ADD UNIQUE (id, at); ${attach}`],
    [
      'it leaves a DEFAULT partition behind',
      `${part} CREATE TABLE rest PARTITION OF events DEFAULT;`,
      detach,
    ],
    ['it gets an index as it leaves', part, `${detach}; CREATE INDEX own ON events_2026 (who)`],
  ])('the person decides where %s', async (_why, base, change) => {
    expect(await askedFor(base, change)).toEqual(['accept'])
  })

  test('a partition leaves without stopping others from PostgreSQL 14 on', async () => {
    expect(await askedFor(part, detach, { target: 13 })).toEqual(['accept'])
    expect(await askedFor(part, detach, { target: 14 })).toEqual([])
  })

  async function askedFor(base: string, change: string, choices: PlanChoices = {}) {
    const { from, to } = await planOf(base, change)
    const end = alignDocuments(from, to)
    const plan = planMigration(
      { written: from, canonical: from },
      { written: end, canonical: end },
      { ...choices, mode: 'zero-downtime' },
    )
    return plan.changes?.flatMap(({ question }) => (question ? [question.asks] : []))
  }
})

describe('the condition of bounds', () => {
  test.each([
    ['date', 'RANGE', "FROM ('2026-01-01') TO ('2027-01-01')"],
    ['date', 'RANGE', "FROM (MINVALUE) TO ('2027-01-01')"],
    ['bigint', 'RANGE', 'FROM (-5) TO (MAXVALUE)'],
    ['numeric', 'RANGE', 'FROM (-1.5) TO (2)'],
    ['timestamptz', 'RANGE', "FROM ('2026-01-01') TO ('2026-02-01 00:00+02')"],
    ['text', 'RANGE', "FROM (') TO (') TO ('a''b, c')"],
    ['integer', 'LIST', 'IN (1, 2)'],
    ['uuid', 'LIST', "IN ('00000000-0000-4000-8000-000000000001')"],
    ['varchar(5)', 'LIST', "IN ('a, b', 'c)')"],
    ['text', 'LIST', "IN (NULL, 'NULL')"],
    ['text', 'LIST', "IN ('a', NULL, 'b')"],
    ['text', 'LIST', 'IN (NULL)'],
  ])('of %s by %s, %s, spares PostgreSQL the reading of rows', async (type, strategy, values) => {
    const table = `CREATE TABLE whole ("K ey" ${type}) PARTITION BY ${strategy} ("K ey");
      CREATE TABLE part PARTITION OF whole FOR VALUES ${values};`
    const schema = schemaOf((await planOf(table, '')).from)
    const [partition] = schema.all(isPartition)
    const condition = partition ? boundCondition(partition, schema) : null
    const said: (string | undefined)[] = []
    const end = engine().onNotice(({ message }) => said.push(message))
    await rolledBack(() =>
      engine().raw(`${table} ALTER TABLE whole DETACH PARTITION part; ALTER TABLE part ADD CHECK (${condition});
        SET LOCAL client_min_messages = debug1; ALTER TABLE whole ATTACH PARTITION part FOR VALUES ${values}`),
    )
    end()
    expect(said.join('\n')).toMatch(/implied by existing constraints/)
  })
})
