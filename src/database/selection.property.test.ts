import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { planMigration, type SettledSchema } from '../core/migration/plan-migration.ts'
import { selectChanges } from '../core/migration/selected-changes.ts'
import { schemaPair } from './arbitrary-schema.test-kit.ts'
import type { Engine } from './engine.ts'
import { MigrationTrial } from './migration-trial.test-kit.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'

/** The same pairs every time; RELATA_SEED and RELATA_PAIRS try others. */
const pairs = Number(process.env.RELATA_PAIRS ?? 40)
const seed = Number(process.env.RELATA_SEED ?? 11)

let engine: Engine

beforeAll(async () => {
  engine = await openPglite(await nodeAssets())
})

afterAll(() => engine.close())

it('some of the changes between random schemas, then the rest, lead to the second one and back', {
  timeout: pairs * 20_000,
}, async () => {
  const trial = new MigrationTrial(engine)
  let made = 0
  let refused = 0
  const migrate = async (from: SettledSchema, to: SettledSchema): Promise<boolean> => {
    const plan = planMigration(from, to)
    if (plan.refusals.length > 0) return false
    const { up, down } = await trial.runSql(from.written, to.written, plan)
    expect(await trial.differences(up, to)).toEqual([])
    expect(await trial.differences(down, from)).toEqual([])
    return true
  }
  const dice = fc.infiniteStream(fc.boolean())
  await fc.assert(
    fc.asyncProperty(schemaPair, dice, async ({ a, b }, thrown) => {
      const [from, to] = [await trial.settle(a), await trial.settle(b)]
      if (!from || !to || planMigration(from, to).refusals.length > 0) return
      const { states } = selectChanges(a, b)
      const left = new Set([...states.keys()].filter(() => thrown.next().value))
      const between = await trial.settle(selectChanges(a, b, left).document)
      if (between && (await migrate(from, between)) && (await migrate(between, to))) made += 1
      else refused += 1
    }),
    { numRuns: pairs, seed, endOnFailure: true },
  )
  console.info(`seed ${seed}: ${made} made in two parts, ${refused} refused by PostgreSQL or the plan`)
  // What rests on another change in a way that only PostgreSQL knows is refused there, with its reason.
  expect(made).toBeGreaterThan((made + refused) * 0.8)
})
