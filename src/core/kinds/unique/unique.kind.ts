import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Deferral } from '../constraint.ts'

/** A unique constraint (docs 5.5.3). */
export interface Unique extends ObjectBase {
  readonly kind: 'unique'
  readonly columns: readonly ObjectId[]
  readonly include: readonly ObjectId[]
  readonly nullsNotDistinct: boolean
  readonly deferral: Deferral
}

export const isUnique = (object: ObjectBase): object is Unique => object.kind === 'unique'
