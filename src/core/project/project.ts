import type { LockTrace } from '../migration/lock-trace.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { Patch } from '../model/patch.ts'
import type { ModelReading } from '../sequelize/models/model-facts.ts'
import type { MigrationSettings } from './migration-settings.ts'

/** One file of an exported migration. */
export interface ExportedFile {
  /** `20260115120000-add-custom-fields-to-contacts.js` */
  readonly fileName: string
  /** The folder it is in, beside the others; absent: among them. */
  readonly folder?: string
  readonly source: string
}

/** One exported migration, oldest first in `Project.history`. */
export interface ExportedMigration {
  /** What it does in a few words; its files are named after it. */
  readonly title: string
  /** In the order in which they run; at least one. */
  readonly files: readonly ExportedFile[]
  /** The migrations folder, in the opened folder, of the service that it was written for; absent: for none. */
  readonly service?: string
  /** ISO 8601, UTC. */
  readonly exportedAt: string
  /** False: exported by an explicit choice without a passed proof. */
  readonly proven: boolean
  /** By a person's word: it has run where it is not taken back, so that its files must stay as they are. */
  readonly shipped: boolean
  /** What its export was seen to lock. */
  readonly locks?: LockTrace
  /** Absent: exported by a version that did not keep it, so that nothing leads back beyond it. */
  readonly made?: MadeMigration
}

interface MadeMigration {
  /** From the baseline before to the one after: objects alone. */
  readonly patch: Patch
  /** What it was planned by. */
  readonly settings: MigrationSettings
}

/** A migration of the folder that the project was opened from, as it ran then. */
export interface ReplayedFile {
  /** In the folder: `migrations/20240102120000-add-x.js`. */
  readonly path: string
  readonly outcome: (typeof replayOutcomes)[number]
  /** Why it did not run to its end, as a sentence. */
  readonly failure?: string
  /** What it changed in the objects, also where it failed half-way. */
  readonly patch: Patch
}

export const replayOutcomes = ['ran', 'failed', 'left-out', 'noted-before', 'not-reached'] as const

/** What is saved: the drawn schema, what the next migration starts from, and what was exported. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly document: SchemaDocument
  /** The schema as of the last exported migration. */
  readonly baseline: SchemaDocument
  /** What ran in the folder it was opened from, oldest first and before all of `history`; usually none. */
  readonly replayed: readonly ReplayedFile[]
  /** The models of that folder as last read: where they differ from the schema is said from then on. Usually none. */
  readonly models: ModelReading
  readonly history: readonly ExportedMigration[]
  /** Exports taken back, whose files the next export replaces under the name of the first; usually none. */
  readonly reopened: readonly ExportedMigration[]
  readonly migration: MigrationSettings
  /** Text of the query panel's tabs. */
  readonly queries: readonly { readonly name: string; readonly sql: string }[]
}
