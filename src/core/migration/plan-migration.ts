import type { SchemaDocument } from '../model/document.ts'
import type { Problem } from '../model/problem.ts'
import { fittedTo } from './for-target.ts'
import { type OnlineChoices, planOnline } from './online-plan.ts'
import type { Plan, Step } from './plan.ts'
import { planChanges } from './plan-changes.ts'
import { planParts } from './plan-parts.ts'
import { newestVersion } from './target-version.ts'

/** A schema as written and as PostgreSQL prints it, under the same ids. */
export interface SettledSchema {
  readonly written: SchemaDocument
  readonly canonical: SchemaDocument
}

/** How a migration is planned. Plain data. */
export interface PlanChoices extends OnlineChoices {
  /** Default standard: at once, in as few statements as possible. */
  readonly mode?: 'standard' | 'zero-downtime'
}

/** Up from one schema to the other, and down again. */
export function planMigration(start: SettledSchema, to: SettledSchema, choices: PlanChoices = {}): Plan {
  const missing = [...unsettled(start), ...unsettled(to)]
  if (missing.length > 0) return { up: [], down: [], refusals: missing }
  const { from, refusals, notes } = fittedTo(choices.target ?? newestVersion, start, to)
  if (refusals.length > 0) return { up: [], down: [], refusals }
  const plan = choices.mode === 'zero-downtime' ? planOnline(from, to, choices) : planStandard(from, to)
  return notes.length === 0 ? plan : { ...plan, notes: [...notes, ...(plan.notes ?? [])] }
}

/** A zero-downtime plan without stages: all changes in the last phase, by the statements of a standard plan. */
export function planAtOnce(from: SettledSchema, to: SettledSchema, choices: PlanChoices): Plan {
  const staged = planMigration(from, to, choices)
  if (staged.refusals.some(({ code }) => code !== 'circular-plan')) return staged
  const { parts, ...plan } = planMigration(from, to, { ...choices, mode: 'standard' })
  return {
    ...plan,
    parts: (parts ?? [{ up: plan.up, down: plan.down }]).map((part) => ({ ...part, phase: 'contract' })),
    changes: (staged.changes ?? []).map((change) => ({ ...change, way: 'simple' })),
  }
}

function planStandard(from: SettledSchema, to: SettledSchema): Plan {
  const up = planChanges(from.written, to.written, {
    canonical: { from: from.canonical, to: to.canonical },
  })
  const down = planChanges(to.written, from.written, {
    canonical: { from: to.canonical, to: from.canonical },
    restoring: true,
  })
  const steps = up.steps.map(markIrreversible)
  const refusals = [...up.refusals, ...down.refusals]
  const parts = refusals.length > 0 ? null : planParts(from, to, steps)
  if (!parts) return { up: steps, down: down.steps, refusals }
  return { up: steps, down: parts.toReversed().flatMap((part) => part.down), parts, refusals }
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
