import { createStore } from 'zustand/vanilla'
import { blankDocument, type SchemaDocument } from '../core/model/document.ts'
import { assertNothingDangles } from '../core/model/integrity.ts'
import { applyPatch, type Patch } from '../core/model/patch.ts'
import * as histories from './history.ts'
import { isReadOnly } from './project-store.ts'

/** The document being edited and its history. */
export interface DocumentState {
  readonly document: SchemaDocument
  readonly history: histories.History
}

export const documentStore = createStore<DocumentState>(() => ({
  document: blankDocument,
  history: histories.emptyHistory,
}))

/**
 * The only way in: applies the patch that `command` makes from the present document and records it under `title`
 * ("Rename column"). An empty patch leaves no trace; a project that another tab holds stays as it is. Throws when the
 * command leaves a reference to nothing.
 */
export function dispatch(title: string, command: (document: SchemaDocument) => Patch): void {
  if (isReadOnly()) return
  const { document, history } = documentStore.getState()
  const patch = command(document)
  const next = applyPatch(document, patch)
  assertNothingDangles(next, patch)
  documentStore.setState({
    document: next,
    history: histories.record(history, { title, patch }),
  })
}

/** Opens another document; its history starts empty. */
export function openDocument(document: SchemaDocument): void {
  documentStore.setState({ document, history: histories.emptyHistory })
}

export function undo(): void {
  step(histories.undo)
}

export function redo(): void {
  step(histories.redo)
}

function step(
  move: (history: histories.History) => { history: histories.History; patch: Patch | null },
): void {
  if (isReadOnly()) return
  const { document, history } = documentStore.getState()
  const moved = move(history)
  documentStore.setState({
    document: moved.patch ? applyPatch(document, moved.patch) : document,
    history: moved.history,
  })
}
