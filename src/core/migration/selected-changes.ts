import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type PendingChanges, pendingChanges } from './pending-changes.ts'

/** The pending changes of which some are made now. */
export interface Selection {
  readonly pending: PendingChanges
  /** The schema once the selected changes are made and the others are not. */
  readonly document: SchemaDocument
  /** Changes that a person chooses one by one, and whether each is made now. */
  readonly states: ReadonlyMap<ObjectId, SelectionState>
}

/** `needed`: left pending by choice, but a selected change cannot be made without it. */
export type SelectionState =
  | { readonly state: 'selected' | 'left' }
  | { readonly state: 'needed'; readonly by: ObjectId }

const nothing: ReadonlySet<ObjectId> = new Set()

/**
 * The document between the two that has all pending changes but those in `left`. What a selected change needs comes
 * along: nothing refers to what is not there, and no two objects have one name. Planning from that document to `to`
 * makes the rest.
 */
export function selectChanges(
  from: SchemaDocument,
  to: SchemaDocument,
  left: ReadonlySet<ObjectId> = nothing,
): Selection {
  const pending = pendingChanges(from, to)
  const units = [...pending.units.keys()]
  const selected = units.filter((unit) => !left.has(unit))
  if (selected.length === units.length) {
    return { pending, document: to, states: new Map(units.map((unit) => [unit, { state: 'selected' }])) }
  }
  const made = new Map<ObjectId, ObjectId | null>(selected.map((unit) => [unit, null]))
  for (const [unit, by] of made) {
    for (const needed of pending.needs(unit)) if (!made.has(needed)) made.set(needed, by ?? unit)
  }
  for (const id of silentWith(pending, made)) made.set(id, null)
  const states = new Map<ObjectId, SelectionState>()
  for (const unit of units) {
    const by = made.get(unit)
    if (by === undefined) states.set(unit, { state: 'left' })
    else states.set(unit, by === null ? { state: 'selected' } : { state: 'needed', by })
  }
  const isAll = made.size === pending.units.size + pending.silent.size
  return { pending, states, document: isAll ? to : between(from, to, pending, new Set(made.keys())) }
}

/** `left` with this change: what cannot be made without it stays pending too. */
export function withChangeLeft(
  { pending, states }: Selection,
  left: ReadonlySet<ObjectId>,
  id: ObjectId,
): ReadonlySet<ObjectId> {
  const all = new Set([pending.unitOf(id)])
  const others = [...pending.units.keys(), ...pending.silent]
  for (const needed of all) {
    for (const unit of others) if (pending.needs(unit).has(needed)) all.add(unit)
  }
  return new Set([...left, ...all].filter((unit) => states.has(unit)))
}

/** `left` without this change. What it needs comes along by itself. */
export function withChangeSelected(
  { pending, states }: Selection,
  left: ReadonlySet<ObjectId>,
  id: ObjectId,
): ReadonlySet<ObjectId> {
  const unit = pending.unitOf(id)
  return new Set([...left].filter((other) => other !== unit && states.has(other)))
}

/** What is silent and needs only what is made: it is nobody's change, so it comes as early as it can. */
function silentWith(pending: PendingChanges, made: ReadonlyMap<ObjectId, unknown>): ReadonlySet<ObjectId> {
  const left = new Set([...pending.silent].filter((id) => !made.has(id)))
  for (let shrank = true; shrank; ) {
    shrank = false
    for (const id of left) {
      if ([...pending.needs(id)].every((needed) => made.has(needed) || left.has(needed))) continue
      left.delete(id)
      shrank = true
    }
  }
  return left
}

function between(
  from: SchemaDocument,
  to: SchemaDocument,
  pending: PendingChanges,
  made: ReadonlySet<ObjectId>,
): SchemaDocument {
  const objects = new Map<ObjectId, ObjectBase>()
  const put = (id: ObjectId) => {
    const object = (made.has(pending.unitOf(id)) ? to : from).objects.get(id)
    if (object) objects.set(id, object)
  }
  // Those without a change are the same on both sides; the order is that of the new document.
  for (const id of to.objects.keys()) put(id)
  for (const id of from.objects.keys()) if (!objects.has(id)) put(id)
  return { objects, diagram: to.diagram }
}
