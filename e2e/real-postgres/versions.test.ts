import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alignDocuments } from '../../src/core/diff/align-documents.ts'
import type { Plan } from '../../src/core/migration/plan.ts'
import { planMigration } from '../../src/core/migration/plan-migration.ts'
import { renderMigrations } from '../../src/core/sequelize/render-migration.ts'
import type { Difference } from '../../src/database/api.ts'
import { type Snapshot, settledDifferences, takeSnapshot } from '../../src/database/catalog-snapshot.ts'
import type { Engine } from '../../src/database/engine.ts'
import { migrationPair, openNodeEngine } from '../../src/database/migration-pair.test-kit.ts'
import {
  countRows,
  countSurvivors,
  insertSampleRows,
  type Witnesses,
  witnessRows,
} from '../../src/database/proof-rows.ts'
import { openServerEngine } from '../../src/database/server/server-engine.ts'
import {
  planBetween,
  readEnds,
  runIn,
  type Scenario,
  type ScenarioEnds,
} from '../../src/database/zero-downtime.test-kit.ts'
import { scenarios } from '../../src/database/zero-downtime-scenarios.test-kit.ts'
import { type Major, type RealPostgres, startRealPostgres } from '../fixtures/real-postgres.ts'
import { sequelizeCli } from '../fixtures/sequelize-cli.ts'
import { fixture, forge } from '../fixtures/sql.ts'

const modes = ['zero-downtime', 'standard'] as const

/** There is no way down at once: PostgreSQL casts no text to an enum unasked, as the trial of such a plan says. */
const untried = new Set(['turn an enum into text'])

/** Where another way is taken on an older server; the sentence that says so where there is one. */
const fallbacks: Readonly<Record<string, Scenario & { readonly note?: RegExp }>> = {
  'change the expression of a computed column': {
    base: 'CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED)',
    change: 'ALTER TABLE t DROP b, ADD b integer GENERATED ALWAYS AS (a * 3) STORED',
    note: /PostgreSQL 13 cannot change column s\d+\.t\.b in place, as 17 can: it is dropped and added again/,
  },
  'forget how much statistics look at': {
    base: `CREATE TABLE t (a integer, b integer); CREATE STATISTICS linked ON a, b FROM t;
      ALTER STATISTICS linked SET STATISTICS 100; ALTER TABLE t ALTER a SET STATISTICS 50`,
    change: 'ALTER STATISTICS linked SET STATISTICS -1; ALTER TABLE t ALTER a SET STATISTICS -1',
  },
  'make a range type': {
    base: 'CREATE TABLE t (a integer)',
    change: 'CREATE TYPE span AS RANGE (SUBTYPE = float8); ALTER TABLE t ADD COLUMN s span',
  },
}

/** A scenario planned in one mode, in a schema of its own: all of them run on one database. */
interface Job {
  readonly title: string
  readonly schema: string
  readonly mode: (typeof modes)[number]
  readonly scenario: Scenario
  readonly ends: ScenarioEnds
}

let jobs: readonly Job[]
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relata-versions-'))
  const engine = await openNodeEngine()
  const read: Job[] = []
  for (const [index, [title, scenario]] of Object.entries({ ...scenarios, ...fallbacks }).entries()) {
    for (const mode of modes) {
      if (mode === 'standard' ? untried.has(title) : title in fallbacks) continue
      const schema = `${mode === 'standard' ? 's' : 'z'}${index}`
      read.push({ title, schema, mode, scenario, ends: await readEnds(engine, scenario, schema) })
    }
  }
  await engine.close()
  jobs = read
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shopSql = `${forge}\n${fixture('shop')}`
const changedShopSql = `${forge}\n${fixture('forge-custom-fields')}\n${fixture('shop-changed')}`

/** What PGlite's catalogue says of the schemas that the statements of all scenarios lead to. */
async function expectedCatalog(wanted: readonly Job[], after: boolean): Promise<Snapshot> {
  const engine = await openNodeEngine()
  try {
    if (after) await engine.raw(changedShopSql)
    for (const { schema, scenario } of wanted) {
      await engine.run(`CREATE SCHEMA ${schema}`)
      await runIn(engine, schema, scenario.base)
      if (after) await runIn(engine, schema, scenario.change)
    }
    return await takeSnapshot(engine)
  } finally {
    await engine.close()
  }
}

/** Without the table in which Sequelize keeps what has run. */
async function differencesOn(engine: Engine, expected: Snapshot): Promise<readonly Difference[]> {
  const differences = await settledDifferences(expected, await takeSnapshot(engine), openNodeEngine)
  return differences.filter(({ object }) => !object.includes('SequelizeMeta'))
}

/** A constraint that was proved stays proved when its phase is undone, and a label stays. */
const isLeft = ({ field }: Difference): boolean => field === 'notValid' || field === 'labels'

describe.each([13, 18] satisfies Major[])('sequelize-cli on PostgreSQL %i', (target) => {
  let server: RealPostgres
  let url: string
  let engine: Engine
  let migrations: string
  let run: readonly Job[]
  const witnesses = new Map<Job, Witnesses>()
  const refused: string[] = []
  const notes = new Map<string, readonly string[]>()

  const write = (plan: Plan, title: string) => {
    for (const { fileName, source } of renderMigrations({ plan, title, stamp: nextStamp() })) {
      writeFileSync(join(migrations, fileName), source)
    }
  }
  let written = 0
  const nextStamp = () => {
    written += 1
    return new Date(Date.UTC(2026, 0, 15, 12, written))
  }

  beforeAll(async () => {
    server = await startRealPostgres(target)
    url = await server.createDatabase('versions')
    engine = await openServerEngine(url)
    migrations = join(folder, String(target))
    mkdirSync(migrations)

    const { from: nothing, to: shop } = await migrationPair('', shopSql)
    const { to: changed } = await migrationPair('', changedShopSql)
    write(planFor({ from: nothing, to: shop }, target), 'everything')
    write(planFor({ from: shop, to: alignDocuments(shop, changed) }, target), 'changes')

    const possible: Job[] = []
    for (const job of jobs) {
      const { title, schema, mode, scenario, ends } = job
      const plan = planBetween(ends, scenario, { mode, target })
      if (plan.refusals.length > 0) {
        refused.push(`${mode}: ${title}`)
        continue
      }
      possible.push(job)
      notes.set(title, plan.notes ?? [])
      write(plan, `${schema} ${title}`)
      await engine.run(`CREATE SCHEMA ${schema}`)
      await runIn(engine, schema, scenario.base)
      // At once and without a word for the rows that are there, some changes stop at them.
      if (mode === 'standard') continue
      await insertSampleRows(engine, ends.from, ends.to)
      witnesses.set(job, await witnessRows(engine, ends.from, ends.to))
    }
    run = possible
  })

  afterAll(async () => {
    await engine.close()
    await server.stop()
  })

  async function expectRows(end: 'from' | 'to'): Promise<void> {
    for (const [{ title, ends }, rows] of witnesses) {
      expect(await countSurvivors(engine, rows, ends[end]), title).toBe(countRows(rows))
    }
  }

  test('only what the version lacks is refused', () => {
    const virtual = 'add a computed column that is not stored'
    const lacking = [
      ...modes.map((mode) => `${mode}: ${virtual}`),
      'zero-downtime: add a foreign key to a partitioned table',
      'zero-downtime: detach a partition',
    ]
    expect(refused).toEqual(target < 18 ? lacking : [])
    expect(Math.max(...[...witnesses.values()].map(countRows))).toBeGreaterThan(5)
  })

  test('a way that only the older version needs is said', () => {
    for (const [title, { note }] of Object.entries(fallbacks)) {
      const expected = note && target === 13 ? [expect.stringMatching(note)] : []
      expect(notes.get(title), title).toEqual(expected)
    }
  })

  test('up, undo and up of every scenario make the catalogue that PGlite has', async () => {
    const after = await expectedCatalog(run, true)
    await sequelizeCli('db:migrate', url, migrations)
    expect(await differencesOn(engine, after)).toEqual([])
    await expectRows('to')

    await sequelizeCli('db:migrate:undo:all', url, migrations)
    const left = await differencesOn(engine, await expectedCatalog(run, false))
    expect(left.filter((difference) => !isLeft(difference))).toEqual([])
    await expectRows('from')

    await sequelizeCli('db:migrate', url, migrations)
    expect(await differencesOn(engine, after)).toEqual([])
    await expectRows('to')
  })
})

function planFor({ from, to }: Pick<ScenarioEnds, 'from' | 'to'>, target: Major): Plan {
  return planMigration({ written: from, canonical: from }, { written: to, canonical: to }, { target })
}
