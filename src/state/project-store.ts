import { createStore } from 'zustand/vanilla'
import { blankDocument, type SchemaDocument } from '../core/model/document.ts'
import { initialSettings, type MigrationSettings } from '../core/project/migration-settings.ts'
import type { ExportedMigration, ReplayedFile } from '../core/project/project.ts'
import { pathOfFile } from '../core/sequelize/migration-file.ts'
import { type ModelReading, noModels } from '../core/sequelize/models/model-facts.ts'

/** The open project beside its document; null `id`: the start page. */
export interface ProjectState {
  readonly id: string | null
  readonly name: string
  /** "In this browser", or the file it came from. */
  readonly place: string
  /** The schema as of the last exported migration. */
  readonly baseline: SchemaDocument
  /** What ran in the folder it was opened from, before all of `history`. */
  readonly replayed: readonly ReplayedFile[]
  /** That folder's models as last read. */
  readonly models: ModelReading
  readonly history: readonly ExportedMigration[]
  /** Exports taken back, whose files the next export replaces. */
  readonly reopened: readonly ExportedMigration[]
  readonly migration: MigrationSettings
  readonly queries: readonly { readonly name: string; readonly sql: string }[]
  readonly saving: 'saved' | 'unsaved' | 'saving' | 'failed' | 'read-only'
  /** Why saving failed, or which tab holds the project. */
  readonly savingProblem: string | null
}

/** What is known of migrations and undone like the drawing: where the next starts, what was exported, what was decided. */
export type Ledger = Pick<ProjectState, 'baseline' | 'replayed' | 'history' | 'reopened' | 'migration'>

export function ledgerOf({ baseline, replayed, history, reopened, migration }: Ledger): Ledger {
  return { baseline, replayed, history, reopened, migration }
}

/** Where a project lives that came from no file. */
export const browserPlace = 'In this browser'

export const noProject: ProjectState = {
  id: null,
  name: '',
  place: browserPlace,
  baseline: blankDocument,
  replayed: [],
  models: noModels,
  history: [],
  reopened: [],
  migration: initialSettings,
  queries: [],
  saving: 'saved',
  savingProblem: null,
}

export const projectStore = createStore<ProjectState>(() => noProject)

/** Names of the files that the next export stands for. */
export function replacedNames({ reopened }: Pick<ProjectState, 'reopened'>): readonly string[] {
  return reopened.flatMap(({ files }) => files.map(pathOfFile))
}

/** Whether the open project must not be edited: another tab holds it. */
export function isReadOnly(): boolean {
  return projectStore.getState().saving === 'read-only'
}
