import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PlanChoices, planMigration } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { answersTo } from './answers.test-kit.ts'
import type { Engine } from './engine.ts'
import { migrationPair, openNodeEngine } from './migration-pair.test-kit.ts'
import { MigrationTrial } from './migration-trial.test-kit.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openNodeEngine()
})

afterAll(() => engine.close())

const settled = (document: SchemaDocument) => ({ written: document, canonical: document })

const cases = [
  [
    'a view that is made anew for a type keeps what others may do with it',
    `CREATE TYPE parcel AS (size integer, weight integer);
     CREATE TABLE shipments (id integer PRIMARY KEY, parcel uuid);
     CREATE VIEW parcels AS SELECT id, parcel FROM shipments;
     GRANT SELECT ON parcels TO PUBLIC`,
    'ALTER TYPE parcel ALTER ATTRIBUTE size TYPE bigint',
  ],
  [
    'an index waits for its name until the table of the one that has it has left the schema',
    `CREATE SCHEMA archive;
     CREATE TABLE orders (id integer PRIMARY KEY, total integer);
     CREATE INDEX by_total ON orders (total);
     CREATE TABLE invoices (id integer PRIMARY KEY, total integer)`,
    `ALTER TABLE orders SET SCHEMA archive;
     CREATE INDEX by_total ON invoices (total)`,
  ],
  [
    'the replica identity follows the key that takes the place of the one it used',
    `CREATE TABLE orders (id integer PRIMARY KEY, code uuid NOT NULL);
     ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_pkey`,
    `ALTER TABLE orders DROP CONSTRAINT orders_pkey;
     ALTER TABLE orders RENAME TO purchases;
     ALTER TABLE purchases ADD CONSTRAINT purchases_pkey PRIMARY KEY (code);
     ALTER TABLE purchases REPLICA IDENTITY USING INDEX purchases_pkey`,
  ],
  [
    'a foreign key goes over to what keeps its column unique where the primary key is given to another',
    `CREATE TABLE orders (id integer PRIMARY KEY, code uuid NOT NULL);
     CREATE TABLE items (id integer PRIMARY KEY, order_id integer REFERENCES orders)`,
    `ALTER TABLE items DROP CONSTRAINT items_order_id_fkey;
     ALTER TABLE orders DROP CONSTRAINT orders_pkey;
     ALTER TABLE orders ADD CONSTRAINT orders_id_key UNIQUE (id);
     ALTER TABLE orders ADD CONSTRAINT orders_code PRIMARY KEY (code);
     ALTER TABLE items ADD CONSTRAINT items_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)`,
  ],
  [
    'a policy comes to use a column when that has its new type',
    `CREATE TABLE parcels (id integer PRIMARY KEY, note text, weight integer);
     CREATE POLICY visible ON parcels USING (note IS NOT NULL)`,
    `ALTER TABLE parcels ALTER COLUMN weight TYPE bigint;
     ALTER POLICY visible ON parcels USING (weight IS NOT NULL)`,
  ],
  [
    'two tables exchange their schemas, and their indexes have one name',
    `CREATE SCHEMA archive;
     CREATE TABLE orders (id integer);
     CREATE INDEX by_id ON orders (id);
     CREATE TABLE archive.invoices (id integer);
     CREATE INDEX by_id ON archive.invoices (id)`,
    `ALTER INDEX by_id RENAME TO aside;
     ALTER TABLE archive.invoices SET SCHEMA public;
     ALTER TABLE orders SET SCHEMA archive;
     ALTER INDEX archive.aside RENAME TO by_id`,
  ],
  [
    'an index waits for its table to move where another has its name',
    `CREATE SCHEMA archive;
     CREATE TABLE orders (id integer PRIMARY KEY, total integer);
     CREATE TABLE invoices (id integer PRIMARY KEY, total integer);
     CREATE INDEX by_total ON invoices (total)`,
    `ALTER TABLE orders SET SCHEMA archive;
     CREATE INDEX by_total ON archive.orders (total)`,
  ],
  [
    'a new table inherits a column whose type changes, and a default that is below it alone',
    `CREATE TABLE events (id bigint NOT NULL);
     CREATE TABLE visits () INHERITS (events);
     ALTER TABLE visits ALTER COLUMN id SET DEFAULT 2`,
    `ALTER TABLE ONLY visits ALTER COLUMN id DROP DEFAULT;
     ALTER TABLE events ALTER COLUMN id TYPE integer USING id::integer;
     ALTER TABLE visits ALTER COLUMN id SET DEFAULT 2;
     CREATE TABLE clicks (target text DEFAULT 'page') INHERITS (visits)`,
  ],
  [
    'a column keeps what is its own below where the one above is renamed and another takes the name',
    `CREATE TABLE events (id integer, note text);
     CREATE TABLE visits () INHERITS (events);
     ALTER TABLE visits ALTER COLUMN note SET DEFAULT 'seen';
     CREATE INDEX by_note ON visits (note)`,
    `DROP INDEX by_note;
     ALTER TABLE events RENAME note TO remark;
     ALTER TABLE visits ALTER COLUMN remark DROP DEFAULT;
     ALTER TABLE events ADD note text;
     CREATE INDEX by_note ON visits (note)`,
  ],
  [
    'an heir keeps a default of its own when the type of what it inherits changes, and when that is undone',
    `CREATE TABLE events (id integer, weight integer NOT NULL DEFAULT 1);
     CREATE TABLE visits (page text) INHERITS (events);
     ALTER TABLE visits ALTER COLUMN weight SET DEFAULT 2`,
    'ALTER TABLE events ALTER COLUMN weight TYPE text USING weight::text',
  ],
  [
    'an index on a partitioned table leaves one of its name in another schema alone',
    `CREATE SCHEMA audit;
     CREATE TABLE events (id integer, at date);
     CREATE INDEX "By Time" ON events (at);
     CREATE TABLE audit.events (id integer, at date) PARTITION BY RANGE (at);
     CREATE TABLE audit.events_2026 PARTITION OF audit.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
    'CREATE INDEX "By Time" ON audit.events (at)',
  ],
  [
    'an index on a partitioned table leaves one that a partition has alone',
    `CREATE TABLE events (id integer, at date) PARTITION BY RANGE (at);
     CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
     CREATE INDEX events_2026_by_time ON events_2026 (id)`,
    'CREATE INDEX events_by_time ON events (at)',
  ],
  [
    'parts of an index get names of their own where those of the partitions are long',
    `CREATE TABLE events (id integer, at date) PARTITION BY RANGE (at);
     CREATE TABLE events_with_a_name_that_is_as_long_as_a_name_in_postgresql_2025 PARTITION OF events
       FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
     CREATE TABLE events_with_a_name_that_is_as_long_as_a_name_in_postgresql_2026 PARTITION OF events
       FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
    'CREATE INDEX events_by_time ON events (at)',
  ],
  [
    'a right on a column stays under the name that another column takes',
    `CREATE TABLE people (name text, label text);
     GRANT SELECT, UPDATE (name) ON people TO PUBLIC`,
    `ALTER TABLE people RENAME name TO old_name;
     ALTER TABLE people RENAME label TO name;
     REVOKE UPDATE ON people FROM PUBLIC;
     GRANT UPDATE (name) ON people TO PUBLIC`,
  ],
  [
    'what undoing a step makes anew does not pass changes of it',
    `CREATE TABLE people (id integer PRIMARY KEY, name text);
     CREATE TABLE rosters (id integer PRIMARY KEY, members text);
     CREATE VIEW lists AS SELECT id, members FROM rosters;
     CREATE ROLE clerk;
     GRANT SELECT ON lists TO clerk`,
    `ALTER TABLE people RENAME TO members;
     ALTER TABLE members RENAME COLUMN name TO label;
     CREATE POLICY everyone ON rosters USING (true);
     GRANT INSERT ON lists TO clerk`,
  ],
] as const

const modes: readonly NonNullable<PlanChoices['mode']>[] = ['standard', 'zero-downtime']

describe.each(modes)('%s', (mode) => {
  test.each(cases)('%s', async (_, base, changes) => {
    const { from, to } = await migrationPair(base, changes)
    const choices = mode === 'standard' ? {} : answersTo(settled(from), settled(to))
    const plan = planMigration(settled(from), settled(to), choices)
    for (const p of plan.parts ?? [])
      console.log(
        'PART',
        p.phase,
        p.up.map((s) => s.title),
        p.down.map((s) => s.title),
      )
    expect(plan.refusals).toEqual([])
    const trial = new MigrationTrial(engine)
    const { up, down, again } = await trial.runPhases(from, to, plan)
    expect(await trial.differences(up, settled(to))).toEqual([])
    expect(await trial.differences(down, settled(from))).toEqual([])
    expect(await trial.differences(again, settled(to))).toEqual([])
  })
})

test('what to do is said where a partition may be left half detached', async () => {
  const { from, to } = await migrationPair(
    `CREATE TABLE events (id integer, at date) PARTITION BY RANGE (at);
     CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
    'ALTER TABLE events DETACH PARTITION events_2025',
  )
  const plan = planMigration(settled(from), settled(to), { mode: 'zero-downtime' })
  const said = plan.up.flatMap(({ hazards }) => hazards.map(({ message }) => message))
  expect(said).toContainEqual(expect.stringContaining('DETACH PARTITION events_2025 FINALIZE'))
})
