import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentSql } from '../../src/core/ddl/ddl-of-document.ts'
import type { Plan } from '../../src/core/migration/plan.ts'
import { planMigration } from '../../src/core/migration/plan-migration.ts'
import { sqlFiles } from '../../src/core/migration/sql-files.ts'
import { schemaPair } from '../../src/database/arbitrary-schema.test-kit.ts'
import type { Engine } from '../../src/database/engine.ts'
import { migrationPair, openNodeEngine } from '../../src/database/migration-pair.test-kit.ts'
import { MigrationTrial } from '../../src/database/migration-trial.test-kit.ts'
import { loadSqlParser } from '../../src/database/sql-parser.ts'
import { planBetween, readEnds } from '../../src/database/zero-downtime.test-kit.ts'
import { scenarios } from '../../src/database/zero-downtime-scenarios.test-kit.ts'
import { type RealPostgres, startRealPostgres } from '../fixtures/real-postgres.ts'
import { type SecondOpinion, secondOpinion } from '../fixtures/second-opinion.ts'
import { fixture, forge } from '../fixtures/sql.ts'

let server: RealPostgres
let engine: Engine
let opinion: SecondOpinion

beforeAll(async () => {
  server = await startRealPostgres()
  engine = await openNodeEngine()
  opinion = secondOpinion(server, await loadSqlParser())
})

afterAll(async () => {
  await engine.close()
  await server.stop()
})

/** The scripts that lead there and back. */
function scriptsOf(plan: Plan): { readonly up: string; readonly down: string } {
  expect(plan.refusals).toEqual([])
  const ways = sqlFiles(plan).map(({ fileName, source }) => ({ isUp: fileName.endsWith('up.sql'), source }))
  const up = ways.filter(({ isUp }) => isUp).map(({ source }) => source)
  const down = ways.filter(({ isUp }) => !isUp).map(({ source }) => source)
  return { up: up.join('\n'), down: down.toReversed().join('\n') }
}

async function expectAgreement(from: string, to: string, plan: Plan): Promise<void> {
  const { up, down } = scriptsOf(plan)
  const [after, back] = await opinion.differences(from, [
    { script: up, expected: to },
    { script: down, expected: from },
  ])
  expect({ after, back }).toEqual({ after: [], back: [] })
}

test.each([
  { name: 'a template from nothing', from: '', change: forge },
  { name: 'custom fields of the template', from: forge, change: fixture('forge-custom-fields') },
])('pg-delta finds nothing to add to $name', async ({ from, change }) => {
  const { plan } = await migrationPair(from, change)
  await expectAgreement(from, `${from};\n${change}`, plan)
})

const modes = ['standard', 'zero-downtime'] as const

describe.each(modes)('every scenario, %s', (mode) => {
  /** PostgreSQL takes no label away from an enum: in phases it stays until the contract, and where that is undone. */
  const left: Readonly<Record<string, readonly string[]>> = {
    'zero-downtime add a label to an enum': [expect.stringMatching(/^type:s\d+.mood values: found .*"fine"/)],
  }
  const found = new Map<string, { readonly up: readonly string[]; readonly down: readonly string[] }>()

  /** Each scenario has a schema of its own in one database, so that pg-delta reads few databases. */
  beforeAll(async () => {
    const parts: { before: string; after: string; up: string; down: string }[] = []
    for (const [index, scenario] of Object.values(scenarios).entries()) {
      const schema = `s${index}`
      const ends = await readEnds(engine, scenario, schema)
      const before = `CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${scenario.base};`
      const after = `${before}\n${scenario.change};`
      parts.push({ before, after, ...scriptsOf(planBetween(ends, scenario, { mode })) })
    }
    const all = (key: 'before' | 'after' | 'up' | 'down') => parts.map((part) => part[key]).join('\n')
    const [up = [], down = []] = await opinion.differences(all('before'), [
      { script: all('up'), expected: all('after') },
      { script: all('down'), expected: all('before') },
    ])
    for (const [index, name] of Object.keys(scenarios).entries()) {
      const own = (line: string) => new RegExp(`\\bs${index}\\b`).test(line)
      found.set(name, { up: up.filter(own), down: down.filter(own) })
    }
    found.set('outside of all', {
      up: up.filter((line) => !/\bs\d+\b/.test(line)),
      down: down.filter((line) => !/\bs\d+\b/.test(line)),
    })
  })

  test.each([...Object.keys(scenarios), 'outside of all'])('%s', (name) => {
    expect(found.get(name)).toEqual({ up: [], down: left[`${mode} ${name}`] ?? [] })
  })
})

const randomPairs = fc.sample(schemaPair, { numRuns: 4, seed: 101 })

test.each(randomPairs.map((pair, index) => [index, pair] as const))('random pair %i', async (_, { a, b }) => {
  const trial = new MigrationTrial(engine)
  const from = await trial.settle(a)
  const to = await trial.settle(b)
  if (!from || !to) throw new Error('PostgreSQL refuses a schema of this seed: choose another')
  await expectAgreement(documentSql(a), documentSql(b), planMigration(from, to))
})
