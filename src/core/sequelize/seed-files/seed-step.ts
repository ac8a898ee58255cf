import type { QualifiedTable } from './seed-table.ts'

/** One part of running a folder's seeds, in order: a file that is there, or made-up rows in the place of one. */
export type SeedStep =
  | { readonly type: 'run'; readonly path: string }
  | { readonly type: 'fill'; readonly table: QualifiedTable; readonly onlyIfEmpty: boolean }
