import type { Plan, PlannedChange } from '../../core/migration/plan.ts'
import type { ObjectId } from '../../core/model/object.ts'
import type { Problem } from '../../core/model/problem.ts'

/** What a person decides of one change in a zero-downtime plan. */
export interface Decision {
  readonly change: PlannedChange
  /** null: there is only one way. */
  readonly way: 'safe' | 'simple' | null
  /** What rows get that lack a value; null: nothing would be used. */
  readonly backfill: string | null
  /** What PostgreSQL or the plan says against it. */
  readonly complaint: Problem | null
}

/** The decisions of a plan by the object that changes; none for a standard plan. */
export function decisionsOf(
  plan: Plan,
  backfills: ReadonlyMap<ObjectId, string>,
): ReadonlyMap<ObjectId, Decision> {
  const decided = (plan.changes ?? []).map((change): Decision => {
    const { id, way, fills = false, question } = change
    const isOpen = way === 'asks' || way === 'safe'
    const backfill = fills || backfills.has(id) ? (backfills.get(id) ?? '') : null
    return {
      change,
      way: isOpen ? 'safe' : way === 'simple' ? 'simple' : null,
      backfill: way === 'simple' ? null : backfill,
      complaint: question ? null : (plan.refusals.find(({ object }) => object === id) ?? null),
    }
  })
  return new Map(
    decided
      .filter(({ way, backfill, complaint }) => way !== null || backfill !== null || complaint !== null)
      .map((decision) => [decision.change.id, decision]),
  )
}
