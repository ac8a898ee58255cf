import type { ObjectBase } from '../../model/object.ts'
import type { PgType } from '../../model/pg-type.ts'
import type { SequenceOptions } from '../sequence/sequence.kind.ts'

export interface Identity {
  readonly generation: 'always' | 'by default'
  readonly options: SequenceOptions
}

export interface Generated {
  readonly expression: string
  readonly storage: 'stored' | 'virtual'
}

/** A column of a table (docs 5.1). */
export interface Column extends ObjectBase {
  readonly kind: 'column'
  /** Its place among the columns, counted from 1, with gaps; PostgreSQL cannot move a column, so never compared. */
  readonly ordinal: number
  readonly type: PgType
  readonly notNull: boolean
  /** The expression of DEFAULT. */
  readonly default: string | null
  readonly identity: Identity | null
  readonly generated: Generated | null
  /** A collation other than the type's own, as written in SQL: `"C"`, `app.german`. */
  readonly collation: string | null
  /** For the type change of an existing column: ALTER … USING this. Not in the catalogue, never compared. */
  readonly using: string | null
}

export const isColumn = (object: ObjectBase): object is Column => object.kind === 'column'
