import { kindOf } from '../kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { dropOwner } from './scopes.ts'

/** What it is inherited from, while that lasts: their making makes it, and their DROP drops it. */
export function carriersOf(object: ObjectBase, schema: Schema, later: Schema): readonly ObjectId[] {
  return kindOf(object).comesWith?.(object, schema, later) ?? []
}

export function isCarriedBy(id: ObjectId, carrier: ObjectId, schema: Schema): boolean {
  const object = schema.get(id)
  return object !== undefined && carriersOf(object, schema, schema).includes(carrier)
}

/** The objects of which one makes it without a statement of its own; where nothing inside it has to be said. */
export function makersOf(object: ObjectBase, schema: Schema): readonly ObjectId[] {
  const carriers = carriersOf(object, schema, schema)
  return carriers.length === 0 || object.parent === null ? carriers : [object.parent, ...carriers]
}

/** The objects of which one takes it along when it is dropped, the nearest first. */
export function takersOf(object: ObjectBase, schema: Schema, later: Schema): readonly ObjectId[] {
  const owner = dropOwner(object, schema)
  const carriers = carriersOf(object, schema, later)
  return owner === null ? carriers : [owner, ...carriers]
}

/** What it merges into, but for what comes or goes with the `whole` that it lives in. */
export function mergedWith(
  object: ObjectBase,
  schema: Schema,
  whole: ReadonlySet<ObjectId>,
): readonly ObjectId[] {
  const others = kindOf(object).mergesInto?.(object, schema) ?? []
  return others.filter((id) => !whole.has(schema.get(id)?.parent ?? ''))
}
