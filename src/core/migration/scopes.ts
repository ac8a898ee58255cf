import { kindOf, nounOf } from '../kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'

/** The top object that an object belongs to: itself, or the ancestor right below the schema. */
export function groupOf(object: ObjectBase, schema: Schema): ObjectBase {
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  return parent && !kindOf(parent).foundation ? groupOf(parent, schema) : object
}

/** Two objects with the same key cannot have their names at the same time: a column and a policy of a table can. */
export function nameKey(object: ObjectBase, schema: Schema): string {
  if (kindOf(object).nameScope === 'parent') {
    return `${object.parent ?? ''} ${nounOf(object)} ${object.name}`
  }
  return `${groupOf(object, schema).parent ?? ''} ${object.name}`
}

/** The object that takes this one along when it is dropped; null: it needs a DROP of its own. */
export function dropOwner(object: ObjectBase, schema: Schema): ObjectId | null {
  const kind = kindOf(object)
  const owner = kind.droppedWith ? kind.droppedWith(object) : object.parent
  const parent = owner === null ? undefined : schema.get(owner)
  return parent && !kindOf(parent).foundation ? parent.id : null
}
