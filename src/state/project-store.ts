import { createStore } from 'zustand/vanilla'
import { blankDocument, type SchemaDocument } from '../core/model/document.ts'
import type { ExportedMigration } from '../core/project/project.ts'

/** The open project beside its document; null `id`: the start page. */
export interface ProjectState {
  readonly id: string | null
  readonly name: string
  /** The schema as of the last exported migration. */
  readonly baseline: SchemaDocument
  readonly history: readonly ExportedMigration[]
  readonly queries: readonly { readonly name: string; readonly sql: string }[]
  readonly saving: 'saved' | 'unsaved' | 'saving' | 'failed' | 'read-only'
  /** Why saving failed, or which tab holds the project. */
  readonly savingProblem: string | null
}

export const projectStore = createStore<ProjectState>(() => ({
  id: null,
  name: '',
  baseline: blankDocument,
  history: [],
  queries: [],
  saving: 'saved',
  savingProblem: null,
}))
