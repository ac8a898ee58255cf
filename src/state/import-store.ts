import { createStore } from 'zustand/vanilla'
import { mergeDocument } from '../core/commands/merge-document.ts'
import type { ImportSource } from '../core/import/source-format.ts'
import { database, type ImportResult, type Progress } from './database.ts'
import { dispatch } from './document-store.ts'
import { LatestRun } from './latest-run.ts'
import { createProject } from './projects.ts'

/** An import, from the text to the report. */
export type ImportState =
  | { readonly phase: 'source'; readonly failure: string | null }
  | { readonly phase: 'running'; readonly progress: Progress }
  | { readonly phase: 'report'; readonly result: ImportResult }

const start: ImportState = { phase: 'source', failure: null }

export const importStore = createStore<ImportState>(() => start)

const run = new LatestRun()

/** Reads the source, SQL by running it in a scratch database. Nothing is changed yet. */
export function startImport(source: ImportSource): Promise<void> {
  importStore.setState({ phase: 'running', progress: { done: 0, total: 0, phase: 'Starting' } }, true)
  return run.start((options) => database().importSource(source, options), {
    onProgress: (progress) => importStore.setState({ phase: 'running', progress }, true),
    onDone: (result) => importStore.setState({ phase: 'report', result }, true),
    onFailure: (failure) => importStore.setState({ phase: 'source', failure }, true),
  })
}

/** Ends the run; the text stays. */
export function cancelImport(): void {
  run.cancel()
  importStore.setState(start, true)
}

/** Takes what was read as a project of its own: it is what exists already, so it is also the baseline. */
export async function importAsProject(name: string): Promise<void> {
  const state = importStore.getState()
  if (state.phase !== 'report') return
  await createProject({ name, document: state.result.document })
  importStore.setState(start, true)
}

/** Takes what was read into the open project, as one edit that can be undone. */
export function importIntoProject(): void {
  const state = importStore.getState()
  if (state.phase !== 'report') return
  dispatch('Import schema', (document) => mergeDocument(document, state.result.document))
  importStore.setState(start, true)
}
