import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'

/**
 * The document `to` with the ids of `from` where the objects are the same: by id, else by kind, parent's path and
 * identity. Needed before a diff of documents that do not share a history, such as two SQL files.
 */
export function alignDocuments(from: SchemaDocument, to: SchemaDocument): SchemaDocument {
  const known = new Map<string, ObjectId>()
  const fromPaths = pathsOf(schemaOf(from))
  for (const [id, path] of fromPaths) known.set(path, id)
  const ids = new Map<ObjectId, ObjectId>()
  for (const [id, path] of pathsOf(schemaOf(to))) {
    if (from.objects.has(id)) continue
    const same = known.get(path)
    if (same !== undefined && !to.objects.has(same)) ids.set(id, same)
  }
  return withIds(to, ids)
}

/** The document with ids exchanged, in objects, their references and the diagram. */
export function withIds(document: SchemaDocument, ids: ReadonlyMap<ObjectId, ObjectId>): SchemaDocument {
  if (ids.size === 0) return document
  const exchange = (id: ObjectId) => ids.get(id) ?? id
  const objects = [...document.objects.values()].map((object) => objectWithIds(object, exchange))
  const diagram = [...document.diagram.values()].map((item) => ({ ...item, id: exchange(item.id) }))
  return {
    objects: new Map(objects.map((object) => [object.id, object])),
    diagram: new Map(diagram.map((item) => [item.id, item])),
  }
}

/** The object with its id, parent and references exchanged. */
export function objectWithIds(object: ObjectBase, exchange: (id: ObjectId) => ObjectId): ObjectBase {
  const moved: ObjectBase = {
    ...object,
    id: exchange(object.id),
    parent: object.parent === null ? null : exchange(object.parent),
  }
  return fieldsOf(kindOf(object)).reduce(
    (result, [name, field]) =>
      field.references
        ? withField(result, name, field.references.map(readField(object, name), exchange))
        : result,
    moved,
  )
}

/** Every object's path: kinds and identities from the top, unique within a document. */
export function pathsOf(schema: Schema): ReadonlyMap<ObjectId, string> {
  const paths = new Map<ObjectId, string>()
  const visit = (parent: ObjectId | null, prefix: string) => {
    for (const object of schema.children(parent)) {
      const kind = kindOf(object)
      const path = `${prefix}/${object.kind}:${JSON.stringify(kind.identity?.(object, schema) ?? object.name)}`
      paths.set(object.id, path)
      visit(object.id, path)
    }
  }
  visit(null, '')
  return paths
}
