import { expect, it } from 'vitest'
import { planMigration } from '../core/migration/plan-migration.ts'
import { migrationPair } from './migration-pair.test-kit.ts'

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
