import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inProcessMigrator } from './in-process-migrator.ts'
import { migrationPair, openNodeEngine } from './migration-pair.test-kit.ts'
import { prove } from './proof.ts'

const tools = { openEngine: openNodeEngine, openMigrator: inProcessMigrator(openNodeEngine) }
const forge = readFileSync(join(import.meta.dirname, '../../e2e/fixtures/sql/forge.sql'), 'utf8')
const forgeChange = readFileSync(
  join(import.meta.dirname, '../../e2e/fixtures/sql/forge-custom-fields.sql'),
  'utf8',
)

test("proves the seed's first migration in both forms, with rows", async () => {
  const pair = await migrationPair(forge, forgeChange)
  const started = performance.now()
  const proof = await prove(pair, tools)
  const milliseconds = performance.now() - started
  expect(proof).toMatchObject({ passed: true, form: 'sequelize', rowsKept: proof.rowsBefore, lostByDown: [] })
  expect(proof.rowsBefore).toBeGreaterThanOrEqual(12)
  expect(proof.phases.map(({ name }) => name)).toEqual(['up', 'down', 'up again'])
  console.log(pair.sources[0], `proved in ${milliseconds.toFixed(0)} ms`, proof.rowsBefore)
  const { sources: _, ...sql } = pair
  expect(await prove(sql, tools)).toMatchObject({ passed: true, form: 'sql' })
})

test('proves a whole schema from nothing', async () => {
  const pair = await migrationPair('', forge)
  console.log(pair.sources[0])
  const proof = await prove(pair, tools)
  expect(proof.phases).toEqual(proof.phases.map((phase) => ({ ...phase, differences: [] })))
  expect(proof.passed).toBe(true)
})
