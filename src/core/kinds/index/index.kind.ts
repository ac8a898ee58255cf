import type { ObjectBase, ObjectId } from '../../model/object.ts'

/** One key of an index: a column or an expression, with what follows it in CREATE INDEX. */
export interface IndexKey {
  /** Exactly one of the two is set. */
  readonly column: ObjectId | null
  readonly expression: string | null
  /** As written in SQL, only where it is not the default of the type. With its options: `gist_ltree_ops(siglen='100')`. */
  readonly opclass: string | null
  readonly collation: string | null
  readonly order: 'asc' | 'desc'
  /** null: PostgreSQL's default for the order (last when ascending, first when descending). */
  readonly nulls: 'first' | 'last' | null
}

/** An index that no constraint owns (docs 11). Its name lives in the schema of its table. */
export interface Index extends ObjectBase {
  readonly kind: 'index'
  readonly method: string
  readonly unique: boolean
  readonly nullsNotDistinct: boolean
  readonly keys: readonly IndexKey[]
  readonly include: readonly ObjectId[]
  /** Partial index: the predicate. */
  readonly where: string | null
  /** Storage parameters as `name=value`, sorted. */
  readonly with: readonly string[]
}

export const isIndex = (object: ObjectBase): object is Index => object.kind === 'index'
