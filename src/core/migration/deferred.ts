import { fieldOf, fieldsOf, readField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import type { Action } from './action.ts'

/** Deferred fields with something to set after creation. */
export function deferredFields(object: ObjectBase): readonly string[] {
  return fieldsOf(kindOf(object))
    .filter(([name, field]) => field.deferred && !sameValue(readField(object, name), field.deferred.unset))
    .map(([name]) => name)
}

/** What they refer to. */
export function deferredReferences(object: ObjectBase): readonly ObjectId[] {
  const ids: ObjectId[] = []
  for (const [name, field] of fieldsOf(kindOf(object))) {
    if (!field.deferred) continue
    field.references?.map(readField(object, name), (id) => {
      ids.push(id)
      return id
    })
  }
  return ids
}

/** What must be made, changed or dropped before an `alter` or `defer`, by what its fields say. */
export function awaitedBy(
  { type, id }: Action,
  before: Schema,
  after: Schema,
  altered: ReadonlyMap<ObjectId, readonly string[]>,
): readonly ObjectId[] {
  const to = after.get(id)
  if (!to) return []
  const from = before.get(id) ?? to
  const fields = type === 'alter' ? (altered.get(id) ?? []) : deferredFields(to)
  return fields.flatMap((name) => {
    const rule = fieldOf(kindOf(to), name)?.alter
    return rule && rule !== 'replace' ? (rule.awaits?.(from, to, before, after) ?? []) : []
  })
}
