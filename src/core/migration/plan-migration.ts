import type { SchemaDocument } from '../model/document.ts'
import type { Problem } from '../model/problem.ts'
import type { Plan, Step } from './plan.ts'
import { planChanges } from './plan-changes.ts'

/** A schema as written and as PostgreSQL prints it, under the same ids. */
export interface SettledSchema {
  readonly written: SchemaDocument
  readonly canonical: SchemaDocument
}

/** The standard plan: up from one schema to the other, and down again. */
export function planMigration(from: SettledSchema, to: SettledSchema): Plan {
  const missing = [...unsettled(from), ...unsettled(to)]
  if (missing.length > 0) return { up: [], down: [], refusals: missing }
  const up = planChanges(from.written, to.written, {
    canonical: { from: from.canonical, to: to.canonical },
  })
  const down = planChanges(to.written, from.written, {
    canonical: { from: to.canonical, to: from.canonical },
    restoring: true,
  })
  return {
    up: up.steps.map(markIrreversible),
    down: down.steps,
    refusals: [...up.refusals, ...down.refusals],
  }
}

/** What PostgreSQL does not have cannot be compared, so it cannot be planned. */
function unsettled({ written, canonical }: SettledSchema): readonly Problem[] {
  return [...written.objects.values()]
    .filter(({ id }) => !canonical.objects.has(id))
    .map((object) => ({
      code: 'not-in-database',
      severity: 'error',
      source: 'Migration',
      object: object.id,
      message: `PostgreSQL does not accept ${object.kind} ${object.name}, so no migration can make it.`,
      hint: 'Mend the problems shown on it first.',
    }))
}

function markIrreversible(step: Step): Step {
  const lost = step.hazards.find(({ code }) => code === 'loses-data')
  if (!lost) return step
  const note = { code: 'irreversible', message: 'Down makes it again, without what it held.' } as const
  return { ...step, hazards: [...step.hazards, note] }
}
