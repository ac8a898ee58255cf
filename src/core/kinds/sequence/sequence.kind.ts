import type { ObjectBase, ObjectId } from '../../model/object.ts'

export const sequenceTypes = ['smallint', 'integer', 'bigint'] as const
export type SequenceType = (typeof sequenceTypes)[number]

/** Options of CREATE SEQUENCE and of identity columns. Bounds are decimal texts: bigint does not fit a number. */
export interface SequenceOptions {
  readonly start: string
  readonly increment: string
  readonly min: string
  readonly max: string
  readonly cache: string
  readonly cycle: boolean
}

/** A sequence of its own or owned by a column (serial); identity columns carry theirs inside. */
export interface Sequence extends ObjectBase {
  readonly kind: 'sequence'
  readonly dataType: SequenceType
  readonly options: SequenceOptions
  /** OWNED BY: dropped with this column. */
  readonly ownedBy: ObjectId | null
}

export const isSequence = (object: ObjectBase): object is Sequence => object.kind === 'sequence'
