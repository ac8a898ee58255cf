import type { QualifiedTable } from './seed-table.ts'

/** PostgreSQL's text of a value; null is SQL null; `sql` finds a value that is another one each time. */
export type SeedValue = string | null | { readonly sql: string }

/** Rows of a table, given by names since they come from a database that knows no ids of the document. */
export interface SeedRows {
  readonly table: QualifiedTable
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SeedValue[])[]
  /** What other rows say only when these are in. */
  readonly updates: readonly SeedUpdate[]
  /** Why there are none, in PostgreSQL's words; null where none were wanted or some are there. */
  readonly refusal: string | null
}

/** Columns of one row of another table, null until then. */
export interface SeedUpdate {
  readonly table: QualifiedTable
  readonly key: SeedCells
  readonly set: SeedCells
}

/** Values by column. */
type SeedCells = readonly { readonly column: string; readonly value: string }[]
