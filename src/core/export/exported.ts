import type { SchemaDocument } from '../model/document.ts'
import type { Loss } from './losses.ts'

/** What is written in another format. */
export interface ExportSource {
  readonly document: SchemaDocument
  /** The project's name. */
  readonly title: string
  /** Reads rows of the database that holds the document: at most `maxRows`, values as PostgreSQL's text. */
  readonly read: (sql: string, maxRows: number) => Promise<RowsRead | { readonly refusal: string }>
}

export interface RowsRead {
  readonly rows: readonly (readonly (string | null)[])[]
  readonly truncated: boolean
}

/** A schema in another format, and what that does not say. */
export interface Exported {
  readonly text: string
  readonly losses: readonly Loss[]
}
