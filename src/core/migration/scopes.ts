import { fieldOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'

/** The top object that an object belongs to: itself, or the ancestor right below the schema. */
export function groupOf(object: ObjectBase, schema: Schema): ObjectBase {
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  return parent && !kindOf(parent).foundation ? groupOf(parent, schema) : object
}

/**
 * Two objects with the same key cannot have their names at the same time. `place` is the schema that the object's
 * group is in.
 */
export function nameKey(
  object: ObjectBase,
  schema: Schema,
  place: ObjectId | null = groupOf(object, schema).parent,
): string {
  const kind = kindOf(object)
  if (kind.nameScope === 'parent') return `${object.parent ?? ''} ${object.name}`
  if (kind.nameScope !== 'kind') return `${place ?? ''} ${object.name}`
  const holder = groupOf(object, schema) === object ? place : object.parent
  return `${holder ?? ''} ${object.kind} ${kind.identity?.(object, schema) ?? object.name}`
}

/** True where its name is one of its schema, even of what lives in a table: an index, a key. */
export function isNamedInSchema(object: ObjectBase): boolean {
  const scope = kindOf(object).nameScope
  return scope === undefined || scope === 'namespace'
}

/** The object that takes this one along when it is dropped; null: it needs a DROP of its own. */
export function dropOwner(object: ObjectBase, schema: Schema): ObjectId | null {
  const kind = kindOf(object)
  const owner = kind.droppedWith ? kind.droppedWith(object) : object.parent
  const parent = owner === null ? undefined : schema.get(owner)
  return parent && !kindOf(parent).foundation ? parent.id : null
}

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

/** True for what keeps all else when its name changes. */
export function isRenamable(object: ObjectBase): boolean {
  const rule = fieldOf(kindOf(object), 'name')?.alter
  return rule !== undefined && rule !== 'replace'
}
