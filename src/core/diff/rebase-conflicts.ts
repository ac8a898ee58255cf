import { referencesOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { changedFields } from './diff-documents.ts'
import { renamesBetween } from './renames.ts'

export type Side = 'mine' | 'theirs'

/** Three documents under the same ids: an old baseline, what was drawn on it, and the new one. */
export interface Sides extends Readonly<Record<Side, SchemaDocument>> {
  readonly base: SchemaDocument
}

/** By object, what a side did to it since the baseline: names of changed fields, none where it came or went. */
export type Changed = ReadonlyMap<ObjectId, ReadonlySet<string>>

/** What both sides did to one object, each in its own way. */
export interface Conflict {
  readonly id: ObjectId
  readonly type: 'both changed' | 'both added' | 'I removed' | 'they removed'
  /** The fields in which they differ; none where one side has removed it. */
  readonly fields: readonly string[]
  /** Objects that the choice decides too: itself, and what lives in something that one side has removed. */
  readonly with: readonly ObjectId[]
}

/** Where a choice is needed. `prints`: the sides as PostgreSQL prints them. */
export function conflictsOf(
  sides: Sides,
  changed: Readonly<Record<Side, Changed>>,
  prints: Sides,
): readonly Conflict[] {
  return [
    ...removalConflicts(sides, 'mine', changed.theirs),
    ...removalConflicts(sides, 'theirs', changed.mine),
    ...fieldConflicts(sides, changed, prints),
  ]
}

/** The parent and what the fields refer to. */
export function needsOf(object: ObjectBase): readonly ObjectId[] {
  const references = referencesOf(object, kindOf(object))
  return object.parent === null ? references : [object.parent, ...references]
}

/** What `remover` removed and the other side changed, or needs for what it changed or added. */
function removalConflicts(sides: Sides, remover: Side, changed: Changed): readonly Conflict[] {
  const { objects } = sides[remover === 'mine' ? 'theirs' : 'mine']
  const isRemoved = (id: ObjectId) =>
    sides.base.objects.has(id) && objects.has(id) && !sides[remover].objects.has(id)
  /** The highest of what was removed with it: a table, not its column. */
  const rootOf = (id: ObjectId): ObjectId => {
    const parent = objects.get(id)?.parent ?? null
    return parent !== null && isRemoved(parent) ? rootOf(parent) : id
  }
  const wanted = [...changed.keys()].flatMap((id) => {
    const object = objects.get(id)
    return object ? [id, ...needsOf(object)] : []
  })
  const roots = new Set(wanted.filter(isRemoved).map(rootOf))
  const isWithin = (id: ObjectId, root: ObjectId): boolean => {
    const parent = objects.get(id)?.parent ?? null
    return id === root || (parent !== null && isWithin(parent, root))
  }
  return [...roots].map((id) => ({
    id,
    type: remover === 'mine' ? 'I removed' : 'they removed',
    fields: [],
    with: [...objects.keys()].filter((one) => isWithin(one, id)),
  }))
}

/** What both sides changed or added otherwise. */
function fieldConflicts(
  { base, mine, theirs }: Sides,
  changed: Readonly<Record<Side, Changed>>,
  prints: Sides,
): readonly Conflict[] {
  const renames = renamesBetween(prints.mine, prints.theirs)
  const conflicts: Conflict[] = []
  for (const id of mine.objects.keys()) {
    const isNew = !base.objects.has(id)
    const [drawn, come] = [prints.mine.objects.get(id), prints.theirs.objects.get(id)]
    if (!theirs.objects.has(id) || !drawn || !come) continue
    if (!changed.mine.has(id) || !changed.theirs.has(id)) continue
    const fields = changedFields(drawn, come, renames).filter(
      (name) => isNew || (changed.mine.get(id)?.has(name) && changed.theirs.get(id)?.has(name)),
    )
    if (fields.length > 0) {
      conflicts.push({ id, type: isNew ? 'both added' : 'both changed', fields, with: [id] })
    }
  }
  return conflicts
}
