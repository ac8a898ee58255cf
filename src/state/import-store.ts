import { createStore } from 'zustand/vanilla'
import { mergeDocument } from '../core/commands/merge-document.ts'
import type { ImportSource } from '../core/import/source-format.ts'
import { database, type ImportResult, type Progress } from './database.ts'
import { dispatch } from './document-store.ts'
import { createProject } from './projects.ts'

/** An import, from the text to the report. */
export type ImportState =
  | { readonly phase: 'source'; readonly failure: string | null }
  | { readonly phase: 'running'; readonly progress: Progress }
  | { readonly phase: 'report'; readonly result: ImportResult }

const start: ImportState = { phase: 'source', failure: null }

export const importStore = createStore<ImportState>(() => start)

let running: AbortController | null = null

/** Reads the source, SQL by running it in a scratch database. Nothing is changed yet. */
export async function startImport(source: ImportSource): Promise<void> {
  running?.abort()
  const run = new AbortController()
  running = run
  importStore.setState({ phase: 'running', progress: { done: 0, total: 0, phase: 'Starting' } }, true)
  try {
    const result = await database().importSource(source, {
      signal: run.signal,
      onProgress: (progress) => {
        if (running === run) importStore.setState({ phase: 'running', progress }, true)
      },
    })
    if (running === run) importStore.setState({ phase: 'report', result }, true)
  } catch (error) {
    if (running !== run) return
    const failure = error instanceof Error ? error.message : String(error)
    importStore.setState({ phase: 'source', failure: run.signal.aborted ? null : failure }, true)
  } finally {
    if (running === run) running = null
  }
}

/** Ends the run; the text stays. */
export function cancelImport(): void {
  running?.abort()
  running = null
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
