import type { QualifiedTable } from './seed-table.ts'

/** One part of running a folder's seeds, in order: a file that is there, or made-up rows in the place of one. */
export type SeedStep =
  | { readonly type: 'run'; readonly path: string }
  | {
      readonly type: 'fill'
      readonly table: QualifiedTable
      readonly onlyIfEmpty: boolean
      /** Columns that refer to keys which are others each time the rows there are put in. */
      readonly links: readonly SeedLink[]
      /** References that can only be given once the rows there are in. */
      readonly loops: readonly SeedLoop[]
    }

/** A foreign key to the filled table from one whose rows were there before, or from itself: a way around in a circle. */
export interface SeedLoop {
  /** The one that refers. */
  readonly table: QualifiedTable
  /** Those of it that can be null, and are until the rows there are in. */
  readonly columns: readonly string[]
  /** What they refer to, in the same order. */
  readonly referenced: readonly string[]
  /** Columns that tell the rows of the table that refers. */
  readonly key: readonly string[]
}

/** A column that holds the key of a row that somebody else puts in. */
export interface SeedLink {
  readonly column: string
  readonly table: QualifiedTable
  readonly key: string
}
