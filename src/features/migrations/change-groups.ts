import { nounOf } from '../../core/kinds/registry.ts'
import { blockedBy, type LockMode, strongerLock } from '../../core/migration/lock-trace.ts'
import type { Plan, Step } from '../../core/migration/plan.ts'
import { groupOf } from '../../core/migration/scopes.ts'
import type { Selection } from '../../core/migration/selected-changes.ts'
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
  /** Whether this migration makes it; null: it goes with another. */
  readonly choice: Choice | null
}

export type Choice =
  | { readonly state: 'selected' | 'left' }
  /** `by`: what cannot be made without it: "index leads_email_idx". */
  | { readonly state: 'needed'; readonly by: string }

/** The pending changes of which a plan makes some. */
export interface Pending {
  readonly from: SchemaDocument
  readonly to: SchemaDocument
  readonly selection: Selection
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

/**
 * The plan as changes by object, grouped by the table they are in, in the order in which they run; with `pending` also
 * those that it leaves, each where it is among all that is pending, so that selecting one moves nothing.
 */
export function changeGroups(
  plan: Plan,
  { from, to }: { readonly from: SchemaDocument; readonly to: SchemaDocument },
  pending: Pending | null = null,
): readonly ChangeGroup[] {
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
  const addWithoutSteps = (id: ObjectId, now: Schema, was: Schema) => {
    const object = now.get(id) ?? was.get(id)
    if (!object) return
    const group = groupOf(object, now.get(id) ? now : was).id
    groups.set(group, (groups.get(group) ?? new Map<ObjectId, []>()).set(id, []))
  }
  for (const id of changesWithoutSteps(plan, groups, before, after)) addWithoutSteps(id, after, before)
  const drawn = pending ? schemaOf(pending.to) : after
  const isPlanned = (id: ObjectId) => plan.refusals.length === 0 && before.get(id) !== after.get(id)
  for (const id of pending ? pendingWithoutSteps(pending, groups, isPlanned) : []) {
    addWithoutSteps(id, drawn, schemaOf(pending?.from ?? from))
  }
  const made = [...groups].flatMap(([id, objects]) => {
    const top = after.get(id) ?? drawn.get(id) ?? before.get(id) ?? pending?.from.objects.get(id)
    // What comes and goes with the phases alone (the function that keeps two columns equal) is nobody's change.
    if (!top) return []
    const placed = to.diagram.get(id) ?? from.diagram.get(id)
    const changes = [...objects].flatMap(([object, steps]) => {
      const choice = pending ? choiceOf(object, pending, drawn) : null
      const isApart = pending !== null && choice !== null && steps.length === 0
      const [start, end] = isApart ? [schemaOf(pending.from), drawn] : [before, after]
      return pendingChange(object, steps, plan, start, end, choice) ?? []
    })
    return { id, name: top.name, colour: placed?.kind === 'placement' ? placed.colour : null, changes }
  })
  return pending ? inDrawnOrder(made, pending) : made
}

/** What is left pending, or was selected a moment ago and is not planned yet. */
function pendingWithoutSteps(
  { selection }: Pending,
  groups: ReadonlyMap<ObjectId, ReadonlyMap<ObjectId, unknown>>,
  isPlanned: (id: ObjectId) => boolean,
): readonly ObjectId[] {
  const shown = new Set([...groups.values()].flatMap((objects) => [...objects.keys()]))
  return [...selection.states].flatMap(([id, { state }]) => {
    return !shown.has(id) && (state === 'left' || !isPlanned(id)) ? [id] : []
  })
}

function choiceOf(id: ObjectId, { selection }: Pending, drawn: Schema): Choice | null {
  const state = selection.states.get(id)
  if (state?.state !== 'needed') return state ?? null
  const by = drawn.get(state.by)
  return { state: 'needed', by: by ? `${nounOf(by)} ${by.name}` : 'another change' }
}

/** Groups and their changes where they are among all that is pending; what is only rebuilt comes last. */
function inDrawnOrder(groups: readonly ChangeGroup[], { selection }: Pending): readonly ChangeGroup[] {
  const places = new Map([...selection.pending.units.values()].flat().map((id, place) => [id, place]))
  const placeOf = (id: ObjectId) => places.get(id) ?? places.size
  return groups
    .map((group) => ({
      ...group,
      changes: group.changes.toSorted((a, b) => placeOf(a.object) - placeOf(b.object)),
    }))
    .toSorted((a, b) => firstOf(a, placeOf) - firstOf(b, placeOf))
}

function firstOf({ changes }: ChangeGroup, placeOf: (id: ObjectId) => number): number {
  return Math.min(...changes.map(({ object }) => placeOf(object)))
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
    const object = after.get(id) ?? before.get(id)
    const parent = object?.parent ?? null
    const heads = object !== undefined && groupOf(object, after.get(id) ? after : before).id === id
    const isOwn =
      heads || parent === null || (before.get(parent) !== undefined && after.get(parent) !== undefined)
    return shown.has(id) || !isOwn || (plan.up.length > 0 && way === 'plain') ? [] : [id]
  })
}

function pendingChange(
  id: ObjectId,
  steps: readonly { readonly step: Step; readonly number: number }[],
  plan: Plan,
  before: Schema,
  after: Schema,
  choice: Choice | null,
): PendingChange | null {
  const old = before.get(id)
  const now = after.get(id)
  const object = now ?? old
  if (!object) return null
  // Nothing of a refused plan was measured, and nothing of it runs; nor does what has been left since.
  const isIdle = plan.refusals.length > 0 || choice?.state === 'left'
  return {
    object: id,
    sign: old && now ? '~' : now ? '+' : '−',
    name: object.name,
    summary: summaryOfChange(old, now, now ? after : before, before),
    steps: isIdle ? '' : numbers(steps.map(({ number }) => number)),
    lock: isIdle
      ? null
      : lockOf(
          steps.map(({ number }) => number - 1),
          plan,
        ),
    hazards: isIdle
      ? []
      : hazardsOf(
          id,
          steps.map(({ step }) => step),
          plan,
        ),
    choice,
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
  return `${strongest} on ${inWords([...new Set(held)])}`
}

/** "a", "a and b", "a, b and 98 more" */
function inWords(names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
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
