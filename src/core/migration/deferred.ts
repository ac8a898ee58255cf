import { fieldOf, fieldsOf, readField, withField } from '../kinds/field-access.ts'
import type { Field } from '../kinds/kind.ts'
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
  return fieldsOf(kindOf(object)).flatMap(([name, field]) =>
    deferredReferencesIn(field, readField(object, name)),
  )
}

/** The objects that the value of a deferred field refers to; none for any other field. */
export function deferredReferencesIn(field: Field<ObjectBase, unknown>, value: unknown): readonly ObjectId[] {
  const ids: ObjectId[] = []
  if (!field.deferred) return ids
  field.references?.map(value, (id) => {
    ids.push(id)
    return id
  })
  return ids
}

/** The object after something was dropped: a deferred field that refers to what is gone is not set any more. */
export function withoutLostReferences(object: ObjectBase, isThere: (id: ObjectId) => boolean): ObjectBase {
  return fieldsOf(kindOf(object)).reduce((result, [name, field]) => {
    const isLost = deferredReferencesIn(field, readField(object, name)).some((id) => !isThere(id))
    return isLost && field.deferred ? withField(result, name, field.deferred.unset) : result
  }, object)
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
