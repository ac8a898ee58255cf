import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Deferral } from '../constraint.ts'

export const referentialActions = ['no action', 'restrict', 'cascade', 'set null', 'set default'] as const
export type ReferentialAction = (typeof referentialActions)[number]

/** A foreign key constraint (docs 5.5.5). Column lists pair by position. */
export interface ForeignKey extends ObjectBase {
  readonly kind: 'foreign key'
  readonly columns: readonly ObjectId[]
  readonly referencedTable: ObjectId
  readonly referencedColumns: readonly ObjectId[]
  readonly onUpdate: ReferentialAction
  readonly onDelete: ReferentialAction
  /** ON DELETE SET NULL / SET DEFAULT (columns); empty means all. */
  readonly onDeleteColumns: readonly ObjectId[]
  readonly match: 'simple' | 'full'
  readonly deferral: Deferral
  readonly notValid: boolean
}

export const isForeignKey = (object: ObjectBase): object is ForeignKey => object.kind === 'foreign key'
