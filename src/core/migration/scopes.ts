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

/** What has the only place that there is for it: the other primary key of its table. */
export function rivalsOf(object: ObjectBase, schema: Schema): readonly ObjectId[] {
  if (!kindOf(object).onlyOne) return []
  const siblings = schema.children(object.parent).filter(({ kind }) => kind === object.kind)
  return siblings.flatMap(({ id }) => (id === object.id ? [] : [id]))
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

/** True for what keeps all else when its name changes. */
export function isRenamable(object: ObjectBase): boolean {
  const rule = fieldOf(kindOf(object), 'name')?.alter
  return rule !== undefined && rule !== 'replace'
}
