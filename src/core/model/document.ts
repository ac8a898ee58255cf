import type { DiagramItem } from './diagram.ts'
import type { ObjectBase, ObjectId } from './object.ts'

/** All objects of one database, flat by id, plus its diagram. Immutable: edits are patches. */
export interface SchemaDocument {
  readonly objects: ReadonlyMap<ObjectId, ObjectBase>
  readonly diagram: ReadonlyMap<string, DiagramItem>
}

/** A document without any object, not even the schema `public`. */
export const blankDocument: SchemaDocument = { objects: new Map(), diagram: new Map() }
