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
  if (!whole) edited.set(next, { before: objects, ids: [...removed, ...put.map(({ id }) => id)] })
  return { objects: next, diagram: new Map() }
}

const edited = new WeakMap<Objects, { readonly before: Objects; readonly ids: readonly ObjectId[] }>()

/** The ids in which one version differs from another at most, where `withEdits` made it from that one. */
export function knownEdits(before: Objects, after: Objects): readonly ObjectId[] | null {
  const known = edited.get(after)
  return known?.before === before ? known.ids : null
}
