import type { QualifiedTable } from './seed-table.ts'

/** Rows of a table, given by names since they come from a database that knows no ids of the document. */
export interface SeedRows {
  readonly table: QualifiedTable
  readonly columns: readonly string[]
  /** Values as PostgreSQL's text; null is SQL null. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** Why there are none, in PostgreSQL's words; null where none were wanted or some are there. */
  readonly refusal: string | null
}
