import { afterAll, beforeAll, expect, it } from 'vitest'
import { planMigration } from '../core/migration/plan-migration.ts'
import type { Engine } from './engine.ts'
import { migrationPair, openNodeEngine } from './migration-pair.test-kit.ts'
import { observe, planScenario } from './zero-downtime.test-kit.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openNodeEngine()
})

afterAll(() => engine.close())

it('a zero-downtime plan asks only where a person must decide', async () => {
  const { from, to } = await migrationPair(
    "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN code AS text NOT NULL; CREATE TABLE people (id integer PRIMARY KEY, name text, mood mood)",
    `ALTER TYPE mood RENAME VALUE 'sad' TO 'low';
     ALTER TABLE people ADD COLUMN email text NOT NULL, ADD COLUMN note text,
       ADD COLUMN given code, ADD COLUMN known code DEFAULT 'x',
       ADD COLUMN shout text GENERATED ALWAYS AS (upper(name)) VIRTUAL,
       ADD COLUMN whisper text GENERATED ALWAYS AS (lower(name)) STORED`,
  )
  const settled = (document: typeof from) => ({ written: document, canonical: document })
  const { changes = [], refusals } = planMigration(settled(from), settled(to), { mode: 'zero-downtime' })
  const answers = changes.map(({ title, way, question, fills }) => [
    title,
    question?.asks ?? way,
    fills ?? false,
  ])
  expect(answers.toSorted()).toEqual(
    [
      ['Change labels of enum mood', 'accept', false],
      ['Add column people.email', 'backfill', true],
      ['Add column people.note', 'plain', true],
      ['Add column people.given', 'accept', false],
      ['Add column people.known', 'plain', false],
      ['Add column people.shout', 'plain', false],
      ['Add column people.whisper', 'accept', false],
    ].toSorted(),
  )
  expect(refusals.map(({ code }) => code).toSorted()).toEqual([
    'backfill-needed',
    'no-safe-way',
    'no-safe-way',
    'no-safe-way',
  ])
})

const events = `CREATE TABLE events (id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
  CREATE TABLE recent PARTITION OF events FOR VALUES FROM ('2100-01-01') TO (MAXVALUE);
  CREATE TABLE early (id integer NOT NULL, at date NOT NULL);
  ALTER TABLE events ADD PRIMARY KEY (id, at)`

it.each([
  [
    'an exclusion constraint',
    'CREATE TABLE bookings (during int4range)',
    'ALTER TABLE bookings ADD CONSTRAINT one EXCLUDE USING gist (during WITH &&)',
    'bookings.one',
  ],
  [
    'a table that becomes the partition of all other rows',
    events,
    'ALTER TABLE events ATTACH PARTITION early DEFAULT',
    'events.early',
  ],
  [
    'a partition that becomes a table beside one for all other rows',
    `${events}; CREATE TABLE others PARTITION OF events DEFAULT`,
    'ALTER TABLE events DETACH PARTITION recent',
    'recent',
  ],
  [
    'the type of a column that a partition has an index of its own on',
    `${events}; CREATE INDEX recent_id ON recent (at); ALTER TABLE events ADD COLUMN code integer; CREATE INDEX recent_code ON recent (code)`,
    'ALTER TABLE events ALTER code TYPE bigint',
    'events.code',
  ],
  [
    'a key of a partitioned table with other columns',
    `${events}; ALTER TABLE events ADD CONSTRAINT one UNIQUE (id, at)`,
    'ALTER TABLE events DROP CONSTRAINT one; ALTER TABLE events ADD CONSTRAINT one UNIQUE (at, id)',
    'events.one',
  ],
])('%s is changed at once, once a person accepts that', async (_name, base, change, path) => {
  const { plan } = await planScenario(engine, { base, change })
  expect(plan.refusals.map(({ code }) => code)).toEqual(['no-safe-way'])
  const accepted = await planScenario(engine, { base, change, decide: { [path]: null } })
  expect(accepted.plan.refusals).toEqual([])
  const { differences } = await observe(engine, accepted)
  expect(Object.values(differences).flat()).toEqual([])
})
