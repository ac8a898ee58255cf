import type { Phase } from '../kinds/online.ts'

/** A migration as it is written to disk. */
export interface MigrationFile {
  readonly fileName: string
  /** A folder of its own beside the others, so that one `db:migrate` does not run what waits for a deploy. */
  readonly folder?: string
  /** Of a zero-downtime plan. */
  readonly phase?: Phase
  readonly source: string
}

/** Where it is from the folder of all migrations: `contract/20260115120002-drop-title-contract.js`. */
export function pathOfFile({ fileName, folder }: Pick<MigrationFile, 'fileName' | 'folder'>): string {
  return folder === undefined ? fileName : `${folder}/${fileName}`
}
