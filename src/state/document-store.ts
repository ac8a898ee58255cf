import { createStore } from 'zustand/vanilla'
import { followInheritance } from '../core/commands/follow-inheritance.ts'
import { keptInherited } from '../core/commands/kept-inherited.ts'
import { blankDocument, type SchemaDocument } from '../core/model/document.ts'
import { assertNothingDangles } from '../core/model/integrity.ts'
import { applyPatch, type Patch, patchBetween } from '../core/model/patch.ts'
import * as histories from './history.ts'
import { isReadOnly, type Ledger, ledgerOf, projectStore } from './project-store.ts'
import { sessionStore } from './session-store.ts'

/** The document being edited and its history. */
export interface DocumentState {
  readonly document: SchemaDocument
  readonly history: histories.History
}

export const documentStore = createStore<DocumentState>(() => ({
  document: blankDocument,
  history: histories.emptyHistory,
}))

/** What a person should know of an edit that was not made as it was asked; a new object each time. */
export const noticeStore = createStore<{ readonly text: string }>(() => ({ text: '' }))

/**
 * The only way in: applies the patch that `command` makes from the present document and records it under `title`
 * ("Rename column"). An empty patch leaves no trace; a project that another tab holds, or whose past is looked at, stays as it is. Throws when the
 * command leaves a reference to nothing.
 */
export function dispatch(title: string, command: (document: SchemaDocument) => Patch): void {
  if (isReadOnly() || isLookingBack()) return
  const { document, history } = documentStore.getState()
  const asked = command(document)
  const patch = followInheritance(document, asked)
  const next = applyPatch(document, patch)
  assertNothingDangles(next, patch)
  const kept = patch === asked ? null : keptInherited(asked, next)
  if (kept !== null) noticeStore.setState({ text: kept }, true)
  documentStore.setState({
    document: next,
    history: histories.record(history, { title, patch }),
  })
}

/**
 * The same for what is known of migrations: sets the parts that `change` gives and records it under `title`. Nothing
 * leaves no trace.
 */
export function dispatchLedger(title: string, change: (ledger: Ledger) => Partial<Ledger>): void {
  if (isReadOnly()) return
  const from = ledgerOf(projectStore.getState())
  const changed = change(from)
  const to = { ...from, ...changed }
  if (Object.keys(changed).length === 0) return
  const { history } = documentStore.getState()
  projectStore.setState(to)
  // Another baseline has another past.
  if (to.baseline !== from.baseline && sessionStore.getState().past !== null) {
    sessionStore.setState({ past: null, selection: [] })
  }
  documentStore.setState({
    history: histories.record(history, { title, patch: noPatch, ledger: { from, to } }),
  })
}

/** Both in one edit: what is drawn, and what the next migration starts from. */
export function dispatchBoth(title: string, document: SchemaDocument, change: Partial<Ledger>): void {
  if (isReadOnly()) return
  const { document: before, history } = documentStore.getState()
  const from = ledgerOf(projectStore.getState())
  const to = { ...from, ...change }
  const patch = patchBetween(before, document)
  assertNothingDangles(document, patch)
  projectStore.setState(to)
  documentStore.setState({
    document,
    history: histories.record(history, { title, patch, ledger: { from, to } }),
  })
}

const noEdits = { added: new Map(), changed: new Map(), removed: new Map() }
const noPatch: Patch = { objects: noEdits, diagram: noEdits }

/** What is looked at is not the document: an edit would change what nobody sees. */
function isLookingBack(): boolean {
  if (sessionStore.getState().past === null) return false
  noticeStore.setState({ text: 'The past cannot be edited. Escape leads back to now.' }, true)
  return true
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

function step(move: typeof histories.undo): void {
  if (isReadOnly() || isLookingBack()) return
  const { document, history } = documentStore.getState()
  const { history: moved, entry } = move(history)
  if (entry?.ledger) projectStore.setState(entry.ledger.to)
  documentStore.setState({ document: entry ? applyPatch(document, entry.patch) : document, history: moved })
}
