import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Is, Schema } from '../model/schema.ts'

/** A schema that follows a migration action by action, so that every statement uses the names of its moment. */
export interface EvolvingSchema extends Schema {
  put(object: ObjectBase): void
  /** Removes the object and everything that lives in it. */
  remove(id: ObjectId): void
}

export function evolvingSchema(start: SchemaDocument): EvolvingSchema {
  const objects = new Map(start.objects)
  const document: SchemaDocument = { objects, diagram: start.diagram }
  const byParent = new Map<ObjectId | null, Set<ObjectId>>()
  for (const object of objects.values()) join(byParent, object)

  const children = (parent: ObjectId | null): readonly ObjectBase[] => {
    const found: ObjectBase[] = []
    for (const id of byParent.get(parent) ?? []) {
      const object = objects.get(id)
      if (object) found.push(object)
    }
    return found
  }
  const find = <T extends ObjectBase>(id: ObjectId | null | undefined, is: Is<T>): T | undefined => {
    const object = id == null ? undefined : objects.get(id)
    return object && is(object) ? object : undefined
  }
  const remove = (id: ObjectId): void => {
    const object = objects.get(id)
    if (!object) return
    for (const child of children(id)) remove(child.id)
    objects.delete(id)
    byParent.get(object.parent)?.delete(id)
  }
  return {
    document,
    get: (id) => objects.get(id),
    need: (id, is) => {
      const object = find(id, is)
      if (!object) throw new Error(`No object ${id} of the expected kind`)
      return object
    },
    find,
    children,
    childrenOf: (parent, is) => children(parent).filter(is),
    all: (is) => [...objects.values()].filter(is),
    named: (parent, name, is) =>
      children(parent)
        .filter(is)
        .find((object) => object.name === name),
    put: (object) => {
      const before = objects.get(object.id)
      if (before && before.parent !== object.parent) byParent.get(before.parent)?.delete(object.id)
      objects.set(object.id, object)
      join(byParent, object)
    },
    remove,
  }
}

function join(byParent: Map<ObjectId | null, Set<ObjectId>>, object: ObjectBase): void {
  const siblings = byParent.get(object.parent)
  if (siblings) siblings.add(object.id)
  else byParent.set(object.parent, new Set([object.id]))
}
