import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'

/** What changed since the document that the other side has: a schema of 1,000 tables takes long to copy. */
export interface DocumentEdits {
  /** True: the other side starts from nothing. */
  readonly whole: boolean
  readonly put: readonly ObjectBase[]
  readonly removed: readonly ObjectId[]
}

type Objects = ReadonlyMap<ObjectId, ObjectBase>

/** Objects are compared by identity: a changed object is a new one. */
export function editsBetween(sent: Objects | null, objects: Objects): DocumentEdits {
  const put: ObjectBase[] = []
  const removed: ObjectId[] = []
  for (const [id, object] of objects) if (sent?.get(id) !== object) put.push(object)
  if (sent) for (const id of sent.keys()) if (!objects.has(id)) removed.push(id)
  return { whole: sent === null, put, removed }
}

/** The document with the edits; it has no diagram, which is no concern of the database. */
export function withEdits(objects: Objects, { whole, put, removed }: DocumentEdits): SchemaDocument {
  const next = new Map(whole ? [] : objects)
  for (const id of removed) next.delete(id)
  for (const object of put) next.set(object.id, object)
  return { objects: next, diagram: new Map() }
}
