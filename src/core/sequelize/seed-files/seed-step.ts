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
    }

/** A column that holds the key of a row that somebody else puts in. */
export interface SeedLink {
  readonly column: string
  readonly table: QualifiedTable
  readonly key: string
}
