import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Deferral } from '../constraint.ts'

/** A primary key constraint (docs 5.5.4). */
export interface PrimaryKey extends ObjectBase {
  readonly kind: 'primary key'
  readonly columns: readonly ObjectId[]
  readonly include: readonly ObjectId[]
  readonly deferral: Deferral
}

export const isPrimaryKey = (object: ObjectBase): object is PrimaryKey => object.kind === 'primary key'
