import type { Change } from '../diff/change.ts'
import { diffDocuments } from '../diff/diff-documents.ts'
import { referencesOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { carriersOf } from './carriers.ts'
import { dependenciesOf } from './dependencies.ts'
import { nameKey } from './scopes.ts'

/** What differs between two documents, in parts that can be made one without another. */
export interface PendingChanges {
  /**
   * By the object that a person chooses, everything that changes with it: what lives in a new table comes with it,
   * what lives in a dropped one goes with it.
   */
  readonly units: ReadonlyMap<ObjectId, readonly ObjectId[]>
  /** Objects that differ only in what no migration changes (the place of a column, a text that follows a rename). */
  readonly silent: ReadonlySet<ObjectId>
  /** The unit that an object's change belongs to: itself for what is silent. */
  unitOf(id: ObjectId): ObjectId
  /** Units, and what is silent, that must be made before or with this one. */
  needs(unit: ObjectId): ReadonlySet<ObjectId>
}

/** Dependencies by id hold whatever something is called; those by name break with a rename. */
type Uses = ReadonlyMap<ObjectId, 'id' | 'name'>

export function pendingChanges(from: SchemaDocument, to: SchemaDocument): PendingChanges {
  const before = schemaOf(from)
  const after = schemaOf(to)
  const differing = differingIds(from, to)
  const changes = new Map(diffDocuments(from, to).map((change) => [change.id, change]))
  const silent = new Set([...differing].filter((id) => !changes.has(id)))
  const units = new Map<ObjectId, ObjectId[]>()
  /** What it is inherited from and changes with, without a statement of its own; or the table that comes to inherit it. */
  const carrierOf = (id: ObjectId): ObjectId | null => {
    const found: ObjectId[] = []
    for (const [side, other] of bothWays(before, after)) {
      const object = side.get(id)
      if (!object) continue
      const carriers = carriersOf(object, side, side)
      const staying = other.get(id) ? carriers : carriersOf(object, side, other)
      if (carriers.length === 0 || staying.length > 0) found.push(...staying)
      else if (object.parent !== null) found.push(object.parent)
    }
    return found.find((one) => changes.has(one)) ?? null
  }
  const unitOf = (id: ObjectId): ObjectId => {
    if (silent.has(id)) return id
    const holder = holderOf(id, before, after) ?? carrierOf(id)
    return holder === null ? id : unitOf(holder)
  }
  for (const id of changes.keys()) {
    const unit = unitOf(id)
    const members = units.get(unit)
    if (members) members.push(id)
    else units.set(unit, [id])
  }

  const unasked = unaskedParts(changes, before, after)
  const holders = new Map([...differing].flatMap((id) => keyOf(id, before)))
  let users: ReadonlyMap<ObjectId, Uses> | null = null
  const usersOf = (id: ObjectId): Uses => {
    users ??= usersIn(before, differing)
    return users.get(id) ?? noUses
  }

  /** A field of its own was changed that what refers to it may rest on: not so of a table, whose columns are objects. */
  const isChangedInside = (id: ObjectId): boolean => {
    const change = changes.get(id)
    if (change?.type !== 'changed' || after.children(id).length > 0) return false
    return change.fields.some((field) => !['name', 'parent', 'comment'].includes(field))
  }
  const needsOfObject = (id: ObjectId): readonly ObjectId[] => {
    const was = before.get(id)
    const now = after.get(id)
    const needed: ObjectId[] = []
    for (const [used, how] of usesOf(id, after)) {
      if (!differing.has(used)) continue
      const isNew = isOther(before.get(used), after.get(used))
      const isCalledOtherwise = how === 'name' && isRenamed(before.get(used), after.get(used))
      if (isNew || isCalledOtherwise || (used !== now?.parent && isChangedInside(used))) needed.push(used)
    }
    const isGone = isOther(now, was)
    for (const [user, how] of usersOf(id)) {
      // A key that goes may be what forbids the change: its columns lose NOT NULL only without it.
      const mayForbid = after.get(user) === undefined && isChangedInside(id)
      if (isGone || mayForbid || (how === 'name' && isRenamed(was, now))) needed.push(user)
    }
    for (const [key] of keyOf(id, after)) needed.push(...[holders.get(key) ?? []].flat())
    needed.push(...(unasked.get(id) ?? []))
    return needed.filter((other) => other !== id)
  }
  const known = new Map<ObjectId, ReadonlySet<ObjectId>>()
  const needs = (unit: ObjectId): ReadonlySet<ObjectId> => {
    const cached = known.get(unit)
    if (cached) return cached
    const members = units.get(unit) ?? [unit]
    const found = new Set(members.flatMap(needsOfObject).map(unitOf))
    found.delete(unit)
    known.set(unit, found)
    return found
  }
  return { units, silent, unitOf, needs }
}

function differingIds(from: SchemaDocument, to: SchemaDocument): ReadonlySet<ObjectId> {
  const ids = new Set<ObjectId>()
  for (const [id, object] of to.objects) {
    const was = from.objects.get(id)
    if (was !== object && !sameValue(was, object)) ids.add(id)
  }
  for (const id of from.objects.keys()) if (!to.objects.has(id)) ids.add(id)
  return ids
}

/** The object that its change goes with: the new one it lives in, or the dropped one. Schemas hold nobody back. */
function holderOf(id: ObjectId, before: Schema, after: Schema): ObjectId | null {
  for (const [side, other] of bothWays(before, after)) {
    const object = side.get(id)
    const parent = object?.parent == null ? undefined : side.get(object.parent)
    if (!parent || other.get(id) || other.get(parent.id) || kindOf(parent).foundation) continue
    return parent.id
  }
  return null
}

/**
 * By change, those without which something would be got by inheritance that is on neither side: what starts to inherit
 * waits for what goes above, and what comes above for what ceases to inherit. What is said below as well goes after what is
 * above, and comes before it.
 */
function unaskedParts(
  changes: ReadonlyMap<ObjectId, Change>,
  before: Schema,
  after: Schema,
): ReadonlyMap<ObjectId, readonly ObjectId[]> {
  const needs = new Map<ObjectId, ObjectId[]>()
  const add = (id: ObjectId, needed: ObjectId) => needs.set(id, [...(needs.get(id) ?? []), needed])
  const reachedOnly = (part: ObjectBase, there: Schema, elsewhere: Schema): readonly ObjectId[] => {
    const { reaches } = kindOf(part)
    const always = new Set(reaches?.(part, elsewhere))
    return reaches?.(part, there).filter((table) => !always.has(table)) ?? []
  }
  /** What is said below as well, and comes or goes too. */
  const heirsOf = (part: ObjectBase, side: Schema): readonly ObjectId[] =>
    kindOf(part)
      .mergesInto?.(part, side)
      .filter((id) => changes.get(id)?.type === changes.get(part.id)?.type) ?? []
  for (const change of changes.values()) {
    if (change.type === 'removed') {
      for (const table of reachedOnly(change.from, after, before)) add(table, change.id)
      for (const heir of heirsOf(change.from, before)) add(heir, change.id)
    }
    if (change.type === 'added') {
      for (const table of reachedOnly(change.to, before, after)) add(change.id, table)
      for (const heir of heirsOf(change.to, after)) add(change.id, heir)
    }
  }
  return needs
}

/** Each side, the new one first, with the other. */
function bothWays(before: Schema, after: Schema): readonly (readonly [Schema, Schema])[] {
  return [
    [after, before],
    [before, after],
  ]
}

function usesOf(id: ObjectId, schema: Schema): Uses {
  const object = schema.get(id)
  const uses = new Map<ObjectId, 'id' | 'name'>()
  if (!object) return uses
  const dependencies = dependenciesOf(schema.document)
  for (const used of [...dependencies.strong(id), ...dependencies.weak(id)]) uses.set(used, 'name')
  for (const used of referencesOf(object, kindOf(object))) uses.set(used, 'id')
  if (object.parent !== null) uses.set(object.parent, 'id')
  return uses
}

const noUses: Uses = new Map()

/** By object, who of these uses it. */
function usersIn(schema: Schema, ids: ReadonlySet<ObjectId>): ReadonlyMap<ObjectId, Uses> {
  const users = new Map<ObjectId, Map<ObjectId, 'id' | 'name'>>()
  for (const id of ids) {
    for (const [used, how] of usesOf(id, schema)) {
      users.set(used, (users.get(used) ?? new Map<ObjectId, 'id' | 'name'>()).set(id, how))
    }
  }
  return users
}

function isOther(was: ObjectBase | undefined, now: ObjectBase | undefined): boolean {
  return now !== undefined && was?.kind !== now.kind
}

function isRenamed(was: ObjectBase | undefined, now: ObjectBase | undefined): boolean {
  return was !== undefined && now !== undefined && (was.name !== now.name || was.parent !== now.parent)
}

/** Whoever has this key has the name to itself. */
function keyOf(id: ObjectId, schema: Schema): readonly (readonly [string, ObjectId])[] {
  const object = schema.get(id)
  return !object || kindOf(object).informal ? [] : [[nameKey(object, schema), id]]
}
