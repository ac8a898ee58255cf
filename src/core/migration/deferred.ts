import { fieldsOf, readField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'

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
