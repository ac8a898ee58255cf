import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Problem } from '../core/model/problem.ts'
import { answersTo } from './answers.test-kit.ts'
import { schemaPair } from './arbitrary-schema.test-kit.ts'
import type { Engine } from './engine.ts'
import { MigrationTrial, type Outcome, StepError, sqlOf } from './migration-trial.test-kit.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'
import { planUntilTried } from './tried-plan.ts'

/** The same pairs as those that are migrated at once. */
const pairs = Number(process.env.RELATA_PAIRS ?? 500)
const seed = Number(process.env.RELATA_SEED ?? 101)

let engine: Engine

beforeAll(async () => {
  engine = await openPglite(await nodeAssets())
})

afterAll(() => engine.close())

/** A label that was added and a proof that was made are not taken back. */
function isKept(difference: unknown): boolean {
  if (!Array.isArray(difference)) return false
  return difference.every((part) => Array.isArray(part) && (part[0] === 'notValid' || part[0] === 'labels'))
}

it('a migration in phases between random schemas converges up, down and up again', {
  timeout: pairs * 20_000 + 60_000,
}, async () => {
  console.info(`seed ${seed}, ${pairs} pairs`)
  const trial = new MigrationTrial(engine)
  let planned = 0
  let staged = 0
  await fc.assert(
    fc.asyncProperty(schemaPair, async ({ a, b }) => {
      const from = await trial.settle(a)
      const to = await trial.settle(b)
      if (!from || !to) return
      let outcome: Outcome | null = null
      const plan = await planUntilTried(from, to, answersTo(from, to), async (draft) => {
        try {
          outcome = await trial.runPhases(a, b, draft)
          return { plan: draft }
        } catch (error) {
          if (!(error instanceof StepError)) throw error
          return { plan: { ...draft, refusals: [refusalBy(error)] }, stoppedAt: error.step }
        }
      })
      planned += 1
      staged += plan.notes ? 0 : 1
      if (plan.notes) console.info(plan.notes.join('\n'))
      expect(plan.refusals, sqlOf(plan.up)).toEqual([])
      const { up, down, again } = outcome ?? never()
      expect(await trial.differences(up, to), sqlOf(plan.up)).toEqual([])
      const left = (await trial.differences(down, from)).filter((one) => !isKept(one))
      expect(left, `${sqlOf(plan.up)}\ndown\n${sqlOf(plan.down)}`).toEqual([])
      expect(await trial.differences(again, to), sqlOf(plan.up)).toEqual([])
    }),
    { numRuns: pairs, seed },
  )
  console.info(`${planned} planned in phases, ${planned - staged} of them without stages where these met`)
  expect(staged).toBeGreaterThan(pairs * 0.9)
})

function refusalBy({ step, message }: StepError): Problem {
  const [said = ''] = message.split('\n')
  return { code: 'refused', severity: 'error', source: 'Migration', object: step.object, message: said }
}

function never(): never {
  throw new Error('a plan that was not refused has run')
}
