import type { Plan } from '../core/migration/plan.ts'
import {
  type PlanChoices,
  planAtOnce,
  planMigration,
  type SettledSchema,
} from '../core/migration/plan-migration.ts'
import { groupOf } from '../core/migration/scopes.ts'
import type { ObjectId } from '../core/model/object.ts'
import { schemaOf } from '../core/model/schema.ts'
import type { CallOptions } from './api.ts'
import type { OpenEngine } from './engine.ts'
import { type TriedPlan, tryPlan } from './trial.ts'

/**
 * A plan that has run up and down on empty tables. Stages that PostgreSQL does not let each other pass (several names
 * exchanged while columns are copied, say) are given up: first for the table where it stopped, then for all changes. The
 * plan then says so in a note, with what PostgreSQL said.
 */
export async function planTried(
  open: OpenEngine,
  from: SettledSchema,
  to: SettledSchema,
  choices: PlanChoices = {},
  options: CallOptions = {},
): Promise<Plan> {
  return planUntilTried(from, to, choices, (plan) => tryPlan(open, from.written, to.written, plan, options))
}

export async function planUntilTried(
  from: SettledSchema,
  to: SettledSchema,
  choices: PlanChoices,
  attempt: Attempt,
): Promise<Plan> {
  const first = await tried(planMigration(from, to, choices), attempt)
  if (choices.mode !== 'zero-downtime' || !isInTheWay(first)) return first.plan
  const [refusal] = first.plan.refusals
  const why = `${refusal?.source === 'PostgreSQL' ? 'PostgreSQL: ' : ''}${refusal?.message ?? ''}`
  const near = changesNear(first, from, to)
  if (near.size > 0) {
    const simple = new Set([...(choices.simple ?? []), ...near])
    const second = await tried(planMigration(from, to, { ...choices, simple }), attempt)
    if (second.plan.refusals.length === 0) return noted(second.plan, 'Some changes are', why)
  }
  const { plan } = await tried(planAtOnce(from, to, choices), attempt)
  return plan.refusals.length > 0 ? plan : noted(plan, 'The changes are', why)
}

/** Runs a plan, and gives it back with what PostgreSQL refused. */
type Attempt = (plan: Plan) => Promise<TriedPlan>

async function tried(drafted: Plan, attempt: Attempt): Promise<TriedPlan> {
  return drafted.refusals.length > 0 ? { plan: drafted } : attempt(drafted)
}

/** Values for rows are a person's own: another plan would need them too. */
function isInTheWay({ plan, stoppedAt }: TriedPlan): boolean {
  if (plan.refusals.some(({ code }) => code === 'circular-plan')) return true
  return stoppedAt !== undefined && stoppedAt.action !== 'fill'
}

/** The changes of the table, or other top object, where it stopped. */
function changesNear(
  { plan, stoppedAt }: TriedPlan,
  from: SettledSchema,
  to: SettledSchema,
): ReadonlySet<ObjectId> {
  const schemas = [from, to].map(({ written }) => schemaOf(written))
  const isNear = (id: ObjectId) =>
    schemas.some((schema) => {
      const object = schema.get(id)
      return object !== undefined && groupOf(object, schema).id === stoppedAt?.group
    })
  const staged = (plan.changes ?? []).filter(({ way }) => way === 'safe' || way === 'plain')
  return new Set(staged.flatMap(({ id }) => (isNear(id) ? [id] : [])))
}

function noted(plan: Plan, changes: string, why: string): Plan {
  const note = `${changes} made at once, because their stages get in each other's way (${why.replace(/\.$/, '')}). Made in several migrations they would stop nobody.`
  return { ...plan, notes: [...(plan.notes ?? []), note] }
}
