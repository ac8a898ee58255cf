import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Difference } from './api.ts'
import type { Engine } from './engine.ts'
import { openNodeEngine } from './migration-pair.test-kit.ts'
import { observe, planScenario } from './zero-downtime.test-kit.ts'
import { scenarios } from './zero-downtime-scenarios.test-kit.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openNodeEngine()
})

afterAll(() => engine.close())

/** A constraint that was proved stays proved when its phase is undone, and a label stays. */
const isExpected = ({ field }: Difference): boolean => field !== 'notValid' && field !== 'labels'

describe.each(Object.entries(scenarios))('%s', (_name, scenario) => {
  test('stops nobody, phase by phase', { timeout: 120_000 }, async () => {
    const planned = await planScenario(engine, scenario)
    const { plan } = planned
    expect(plan.refusals).toEqual([])
    expect([...new Set(plan.parts?.map(({ phase }) => phase))].join(' ')).toBe(scenario.phases)
    const seen = await observe(engine, planned)
    expect(seen.blocking).toEqual([])
    const wrong = seen.compatibility.flatMap(({ phase, broken }) =>
      broken.filter(({ allowed }) => !allowed).map((query) => ({ phase, ...query })),
    )
    expect(wrong).toEqual([])
    const left = Object.entries(seen.differences).map(([name, all]) => [name, ...all.filter(isExpected)])
    expect(left).toEqual(Object.keys(seen.differences).map((name) => [name]))
    expect(seen.rows.kept).toBe(seen.rows.before)
  })
})
