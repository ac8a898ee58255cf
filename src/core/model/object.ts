/** Identifies an object for its whole life: a rename keeps it. Opaque; unique within one document. */
export type ObjectId = string

/** What every object of a schema has. A kind adds its own properties. */
export interface ObjectBase {
  readonly id: ObjectId
  readonly kind: string
  /** The object it lives in (a column's table, a table's schema); null at the top. */
  readonly parent: ObjectId | null
  readonly name: string
  /** The text of `COMMENT ON`, null when there is none. */
  readonly comment: string | null
}
