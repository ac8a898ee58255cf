import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import { planMigration } from '../core/migration/plan-migration.ts'
import { schemaPair } from './arbitrary-schema.test-kit.ts'
import type { Engine } from './engine.ts'
import { MigrationTrial } from './migration-trial.test-kit.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'

/** The same pairs every time, so that a run can be trusted; RELATA_SEED and RELATA_PAIRS try others. */
const pairs = Number(process.env.RELATA_PAIRS ?? 500)
const seed = Number(process.env.RELATA_SEED ?? 101)

let engine: Engine

beforeAll(async () => {
  engine = await openPglite(await nodeAssets())
})

afterAll(() => engine.close())

it('a migration between random schemas converges up, down and up again', {
  timeout: pairs * 20_000,
}, async () => {
  console.info(`seed ${seed}, ${pairs} pairs`)
  const trial = new MigrationTrial(engine)
  let planned = 0
  let refusedByPostgres = 0
  let refusedByPlan = 0
  await fc.assert(
    fc.asyncProperty(schemaPair, async ({ a, b }) => {
      const from = await trial.settle(a)
      const to = await trial.settle(b)
      if (!from || !to) {
        refusedByPostgres += 1
        return
      }
      expect(diffDocuments(from.canonical, from.canonical)).toEqual([])
      const plan = planMigration(from, to)
      if (plan.refusals.length > 0) {
        refusedByPlan += 1
        console.info(plan.refusals.map(({ message }) => message).join('\n'))
        return
      }
      planned += 1
      for (const { up, down, again } of [
        await trial.runSql(a, b, plan),
        await trial.runSequelize(a, b, plan),
      ]) {
        expect(await trial.differences(up, to)).toEqual([])
        expect(await trial.differences(down, from)).toEqual([])
        expect(await trial.differences(again, to)).toEqual([])
      }
    }),
    { numRuns: pairs, seed },
  )
  console.info(`${planned} planned, ${refusedByPlan} refused by the plan, ${refusedByPostgres} by PostgreSQL`)
  expect(planned).toBeGreaterThan(pairs * 0.8)
})
