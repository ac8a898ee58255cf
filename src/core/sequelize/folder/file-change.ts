import type { HandEdit } from '../model-files/edited-text.ts'

/** What becomes of one file of a folder that follows an edit of the schema. */
export interface FileChange {
  /** From the opened folder. */
  readonly path: string
  /** `ours`: Relata wrote it and nobody changed it since; `theirs`: a person's own. */
  readonly owner: 'new' | 'ours' | 'theirs'
  /** null: it is not there yet. */
  readonly before: string | null
  /** null: it goes, with its table. */
  readonly after: string | null
  /** What is left to a person. */
  readonly byHand: readonly HandEdit[]
}
