import type { ObjectBase, ObjectId } from '../../model/object.ts'

/** An installed extension (docs 36.17). */
export interface Extension extends ObjectBase {
  readonly kind: 'extension'
  /** The schema its objects are in; null: where CREATE EXTENSION puts them. */
  readonly schema: ObjectId | null
  /** Only where a person asked for one; the catalogue's version is not compared. */
  readonly version: string | null
}

export const isExtension = (object: ObjectBase): object is Extension => object.kind === 'extension'
