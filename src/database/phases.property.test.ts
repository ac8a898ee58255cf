import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Plan, Step } from '../core/migration/plan.ts'
import { planMigration, type SettledSchema } from '../core/migration/plan-migration.ts'
import { quoteName } from '../core/sql/quote.ts'
import { schemaPair } from './arbitrary-schema.test-kit.ts'
import type { Engine } from './engine.ts'
import { MigrationTrial } from './migration-trial.test-kit.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'

/** Fewer than of plans at once: nothing of a plan in phases can be rolled back. */
const pairs = Number(process.env.RELATA_ONLINE_PAIRS ?? 5)
const seed = Number(process.env.RELATA_SEED ?? 6)

let engine: Engine

beforeAll(async () => {
  engine = await openPglite(await nodeAssets())
})

afterAll(() => engine.close())

/** Answers what a zero-downtime plan asks: any expression for rows, the simple way where there is no other. */
function planOnline(from: SettledSchema, to: SettledSchema): Plan {
  const simple = new Set<string>()
  const backfills = new Map<string, string>()
  for (;;) {
    const plan = planMigration(from, to, { mode: 'zero-downtime', simple, backfills })
    const asked = (plan.changes ?? []).flatMap(({ id, question }) => (question ? [{ id, ...question }] : []))
    if (asked.length === 0) return plan
    for (const { id, asks } of asked) {
      if (asks === 'accept') simple.add(id)
      else backfills.set(id, `CASE WHEN false THEN ${quoteName(to.written.objects.get(id)?.name ?? '')} END`)
    }
  }
}

/** A label that was added and a proof that was made are not taken back. */
function isKept(difference: unknown): boolean {
  if (!Array.isArray(difference)) return false
  return difference.every((part) => Array.isArray(part) && (part[0] === 'notValid' || part[0] === 'labels'))
}

function sqlOf(steps: readonly Step[]): string {
  return steps.flatMap(({ statements }) => statements.map(({ sql }) => sql)).join(';\n')
}

it('a migration in phases between random schemas converges up, down and up again', {
  timeout: pairs * 20_000 + 60_000,
}, async () => {
  console.info(`seed ${seed}, ${pairs} pairs`)
  const trial = new MigrationTrial(engine)
  let planned = 0
  let safe = 0
  await fc.assert(
    fc.asyncProperty(schemaPair, async ({ a, b }) => {
      const from = await trial.settle(a)
      const to = await trial.settle(b)
      if (!from || !to) return
      const plan = planOnline(from, to)
      if (plan.refusals.length > 0) {
        console.info(plan.refusals.map(({ message }) => message).join('\n'))
        return
      }
      planned += 1
      safe += plan.changes?.every(({ way }) => way !== 'simple') ? 1 : 0
      const { up, down, again } = await trial.runPhases(a, b, plan)
      expect(await trial.differences(up, to), sqlOf(plan.up)).toEqual([])
      const left = (await trial.differences(down, from)).filter((one) => !isKept(one))
      expect(left, `${sqlOf(plan.up)}\ndown\n${sqlOf(plan.down)}`).toEqual([])
      expect(await trial.differences(again, to), sqlOf(plan.up)).toEqual([])
    }),
    { numRuns: pairs, seed },
  )
  console.info(`${planned} planned in phases, ${safe} of them without a simple way`)
  expect(planned).toBeGreaterThan(pairs * 0.8)
})
