import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { documentStatements } from '../../ddl/ddl-of-document.ts'
import { planMigration } from '../../migration/plan-migration.ts'
import type { SchemaDocument } from '../../model/document.ts'
import type { ObjectBase } from '../../model/object.ts'
import { schemaOf } from '../../model/schema.ts'
import { type Check, checkKind } from '../check/check.kind.ts'
import { columnKind } from '../column/column.kind.ts'
import { functionKind } from '../function/function.kind.ts'
import type { AnyObject } from '../registry.ts'
import { publicSchema, schemaKind } from '../schema/schema.kind.ts'
import { tableKind } from '../table/table.kind.ts'
import { viewKind } from '../view/view.kind.ts'
import { type Enum, enumKind } from './enum.kind.ts'
import { alterLabels } from './enum.labels.ts'

const mood = { base: 'mood', modifiers: '', dimensions: 0, ref: 'enum' }

/** Everything that can rest on an enum: columns, an array, a default, a check, a view, a generated column, a function. */
function documentWith(labels: readonly string[]): SchemaDocument {
  const objects: readonly AnyObject[] = [
    publicSchema('public'),
    schemaKind.sample,
    { ...enumKind.sample, labels } satisfies Enum,
    tableKind.sample,
    { ...columnKind.sample, type: mood, default: `'ok'::app.mood` },
    { ...columnKind.sample, id: 'moods', name: 'moods', type: { ...mood, dimensions: 1 }, notNull: false },
    {
      ...columnKind.sample,
      id: 'fine',
      name: 'fine',
      notNull: false,
      type: { base: 'boolean', modifiers: '', dimensions: 0, ref: null },
      generated: { expression: `(score = 'ok'::app.mood)`, storage: 'stored' },
    },
    { ...checkKind.sample, expression: `(score <> 'sad'::app.mood)` },
    { ...viewKind.sample, query: `SELECT score FROM app.contacts WHERE score = 'ok'::app.mood` },
    {
      ...functionKind.sample,
      arguments: 'wanted app.mood',
      returns: 'SETOF app.mood',
      body: 'BEGIN RETURN NEXT wanted; END',
    },
  ]
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}

const enumOf = (labels: readonly string[]): Enum => ({ ...enumKind.sample, labels })
const statements = (from: readonly string[], to: readonly string[]) => {
  const result = alterLabels.statements(enumOf(from), enumOf(to), schemaOf(documentWith(from)))
  return result === 'replace' ? [] : result
}
const sql = (from: readonly string[], to: readonly string[]) => statements(from, to).map((each) => each.sql)

let database: PGlite

beforeAll(async () => {
  database = await PGlite.create()
})

afterAll(() => database.close())

it('adds labels where they belong', () => {
  expect(sql(['b', 'd'], ['a', 'b', 'c', 'd', 'e', 'f'])).toEqual([
    "ALTER TYPE app.mood ADD VALUE 'a' BEFORE 'b'",
    "ALTER TYPE app.mood ADD VALUE 'c' AFTER 'b'",
    "ALTER TYPE app.mood ADD VALUE 'e'",
    "ALTER TYPE app.mood ADD VALUE 'f'",
  ])
  expect(sql([], ['a', 'b'])).toEqual([
    "ALTER TYPE app.mood ADD VALUE 'a'",
    "ALTER TYPE app.mood ADD VALUE 'b'",
  ])
})

it('renames the one label that changed in its place', () => {
  expect(sql(['a', 'b'], ['a', "b's"])).toEqual(["ALTER TYPE app.mood RENAME VALUE 'b' TO 'b''s'"])
  expect(sql(['a', 'b'], ['b', 'a'])[0]).toBe('ALTER TYPE app.mood RENAME TO mood__old')
})

it('says which rows stop the removal of a label', () => {
  const hazards = alterLabels.hazards?.(enumOf(['a', 'b']), enumOf(['a']), schemaOf(documentWith(['a', 'b'])))
  expect(hazards?.map(({ code }) => code)).toEqual(['may-fail'])
  expect(hazards?.[0]?.message).toBe('Stops when a row still holds “b”.')
})

it('adds labels outside of transactions, because they cannot be used in the one that adds them', async () => {
  expect(statements(['a'], ['a', 'b']).map((each) => each.transactional)).toEqual([false])
  await database.exec(`CREATE TYPE early AS ENUM ('a'); CREATE TABLE uses (kind early)`)
  await database.exec('BEGIN')
  await database.exec(`ALTER TYPE early ADD VALUE 'b'`)
  await expect(database.exec(`ALTER TABLE uses ALTER kind SET DEFAULT 'b'`)).rejects.toMatchObject({
    code: '55P04',
  })
  await database.exec('ROLLBACK')
  await database.exec('DROP TABLE uses; DROP TYPE early')
})

it('moves every column to a type without a label, rows and dependents included', async () => {
  const from = documentWith(['sad', 'ok', 'happy'])
  const to = documentWith(['happy', 'ok'])
  const objects = new Map<string, ObjectBase>(to.objects)
  const check: Check = { ...checkKind.sample, expression: `(score <> 'happy'::app.mood)` }
  const target = { ...to, objects: objects.set(check.id, check) }
  const run = async (list: readonly { readonly sql: string }[]) => {
    for (const each of list) {
      await database.exec(each.sql).catch((error: Error) => {
        throw new Error(`${error.message}\n${each.sql}`, { cause: error })
      })
    }
  }
  await run(documentStatements(from))
  await database.exec(`INSERT INTO app.contacts (score, moods) VALUES ('ok', '{ok,happy}')`)
  const plan = planMigration({ written: from, canonical: from }, { written: target, canonical: target })
  expect(plan.refusals).toEqual([])
  await run(plan.up.flatMap((step) => step.statements))
  const { rows } = await database.query(
    `SELECT score::text, moods::text, fine, (SELECT count(*)::int FROM app.recent_contacts) AS seen,
       (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum) AS labels,
       (SELECT count(*)::int FROM pg_type WHERE typname LIKE '%__old') AS left_over,
       (SELECT x::text FROM app.numbers('happy') x) AS called
     FROM app.contacts`,
  )
  expect(rows).toEqual([
    {
      score: 'ok',
      moods: '{ok,happy}',
      fine: true,
      seen: 1,
      labels: 'happy,ok',
      left_over: 0,
      called: 'happy',
    },
  ])
  await run(plan.down.flatMap((step) => step.statements))
  const after = await database.query(`SELECT score::text FROM app.contacts WHERE 'sad'::app.mood < score`)
  expect(after.rows).toEqual([{ score: 'ok' }])
})
