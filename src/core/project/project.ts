import type { LockTrace } from '../migration/lock-trace.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { MigrationSettings } from './migration-settings.ts'

/** One exported migration, oldest first in `Project.history`. */
export interface ExportedMigration {
  /** `20260115120000-add-custom-fields-to-contacts.js` */
  readonly fileName: string
  /** The folder it is in, beside the others; absent: among them. */
  readonly folder?: string
  readonly source: string
  /** ISO 8601, UTC. */
  readonly exportedAt: string
  /** False: exported by an explicit choice without a passed proof. */
  readonly proven: boolean
  /** What its export was seen to lock, on the last of the files that were exported together. */
  readonly locks?: LockTrace
}

/** What is saved: the drawn schema, what the next migration starts from, and what was exported. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly document: SchemaDocument
  /** The schema as of the last exported migration. */
  readonly baseline: SchemaDocument
  readonly history: readonly ExportedMigration[]
  readonly migration: MigrationSettings
  /** Text of the query panel's tabs. */
  readonly queries: readonly { readonly name: string; readonly sql: string }[]
}
