import { blockedBy, type LockMode, strongerLock } from '../../core/migration/lock-trace.ts'
import type { Plan, Step } from '../../core/migration/plan.ts'
import { groupOf } from '../../core/migration/scopes.ts'
import type { StepHazard } from '../../core/migration/step-hazards.ts'
import type { TableColour } from '../../core/model/diagram.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { type Schema, schemaOf } from '../../core/model/schema.ts'
import { summaryOfChange } from './change-summary.ts'

/** One pending change as the list shows it. */
export interface PendingChange {
  readonly object: ObjectId
  readonly sign: '+' | '~' | '−'
  readonly name: string
  readonly summary: string
  /** Its steps of `up`, counted from 1: "3", "5–7"; empty when its group's step does it. */
  readonly steps: string
  /** The strongest lock of its steps that keeps others from something: "ACCESS EXCLUSIVE on contacts". */
  readonly lock: string | null
  /** What a person must know of the way up, then of the way back. */
  readonly hazards: readonly PendingHazard[]
}

export interface PendingHazard extends StepHazard {
  readonly direction: 'up' | 'down'
}

/** The changes of one table, or of one other object at the top. */
export interface ChangeGroup {
  readonly id: ObjectId
  readonly name: string
  readonly colour: TableColour | null
  readonly changes: readonly PendingChange[]
}

/** The plan as changes by object, grouped by the table they are in, in the order in which they run. */
export function changeGroups(plan: Plan, from: SchemaDocument, to: SchemaDocument): readonly ChangeGroup[] {
  const before = schemaOf(from)
  const after = schemaOf(to)
  const groups = new Map<ObjectId, Map<ObjectId, { step: Step; number: number }[]>>()
  for (const [index, step] of plan.up.entries()) {
    const group = groups.get(step.group) ?? new Map<ObjectId, { step: Step; number: number }[]>()
    groups.set(step.group, group)
    const steps = group.get(step.object)
    if (steps) steps.push({ step, number: index + 1 })
    else group.set(step.object, [{ step, number: index + 1 }])
  }
  for (const id of changesWithoutSteps(plan, groups, before, after)) {
    const object = after.get(id) ?? before.get(id)
    if (!object) continue
    const group = groupOf(object, after.get(id) ? after : before).id
    groups.set(group, (groups.get(group) ?? new Map<ObjectId, []>()).set(id, []))
  }
  return [...groups].flatMap(([id, objects]) => {
    const top = after.get(id) ?? before.get(id)
    // What comes and goes with the phases alone (the function that keeps two columns equal) is nobody's change.
    if (!top) return []
    const placed = to.diagram.get(id) ?? from.diagram.get(id)
    return {
      id,
      name: top.name,
      colour: placed?.kind === 'placement' ? placed.colour : null,
      changes: [...objects].flatMap(
        ([object, steps]) => pendingChange(object, steps, plan, before, after) ?? [],
      ),
    }
  })
}

/**
 * What a zero-downtime plan does by way of other objects, or does not do yet because a person must decide. What comes
 * and goes with its table is no line of its own.
 */
function changesWithoutSteps(
  plan: Plan,
  groups: ReadonlyMap<ObjectId, ReadonlyMap<ObjectId, unknown>>,
  before: Schema,
  after: Schema,
): readonly ObjectId[] {
  const shown = new Set([...groups.values()].flatMap((objects) => [...objects.keys()]))
  return (plan.changes ?? []).flatMap(({ id, way }) => {
    const parent = (after.get(id) ?? before.get(id))?.parent ?? null
    const isOwn = parent === null || (before.get(parent) !== undefined && after.get(parent) !== undefined)
    return shown.has(id) || !isOwn || (plan.up.length > 0 && way === 'plain') ? [] : [id]
  })
}

function pendingChange(
  id: ObjectId,
  steps: readonly { readonly step: Step; readonly number: number }[],
  plan: Plan,
  before: Schema,
  after: Schema,
): PendingChange | null {
  const old = before.get(id)
  const now = after.get(id)
  const object = now ?? old
  if (!object) return null
  // Nothing of a refused plan was measured, and nothing of it runs.
  const isRefused = plan.refusals.length > 0
  return {
    object: id,
    sign: old && now ? '~' : now ? '+' : '−',
    name: object.name,
    summary: summaryOfChange(old, now, now ? after : before, before),
    steps: isRefused ? '' : numbers(steps.map(({ number }) => number)),
    lock: lockOf(
      steps.map(({ number }) => number - 1),
      plan,
    ),
    hazards: isRefused
      ? []
      : hazardsOf(
          id,
          steps.map(({ step }) => step),
          plan,
        ),
  }
}

function numbers(list: readonly number[]): string {
  const [first, last] = [list[0], list.at(-1)]
  if (first === undefined || last === undefined) return ''
  const isRun = last - first === list.length - 1
  return first === last ? String(first) : isRun ? `${first}–${last}` : list.join(', ')
}

function lockOf(steps: readonly number[], plan: Plan): string | null {
  const locks = (plan.trace?.up ?? [])
    .filter(({ step }) => steps.includes(step))
    .flatMap((statement) => statement.locks.filter(({ existed }) => existed))
  const strongest = locks.reduce<LockMode>((mode, lock) => strongerLock(mode, lock.mode), 'ACCESS SHARE')
  if (blockedBy(strongest) === 'nothing') return null
  const held = locks.flatMap(({ relation, mode }) => (mode === strongest ? [relation] : []))
  return `${strongest} on ${[...new Set(held)].join(' and ')}`
}

function hazardsOf(id: ObjectId, up: readonly Step[], plan: Plan): readonly PendingHazard[] {
  const down = plan.down.filter((step) => step.object === id)
  const all = [
    ...up.flatMap((step) => step.hazards.map((hazard) => ({ ...hazard, direction: 'up' as const }))),
    ...down.flatMap((step) => step.hazards.map((hazard) => ({ ...hazard, direction: 'down' as const }))),
  ]
  const seen = new Set<string>()
  return all.filter(({ direction, code, message }) => {
    const key = `${direction} ${code} ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
