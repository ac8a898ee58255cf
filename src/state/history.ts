import { invertPatch, isEmptyPatch, type Patch } from '../core/model/patch.ts'
import type { Ledger } from './project-store.ts'

/** One undoable edit: of the document, of what is known of migrations, or of both. */
export interface HistoryEntry {
  /** For the person: "Rename column", shown as "Undo rename column". */
  readonly title: string
  readonly patch: Patch
  /** Immutable values, so that both are kept as they are; absent: untouched. */
  readonly ledger?: { readonly from: Ledger; readonly to: Ledger }
}

/** Edits done and undone, newest last. */
export interface History {
  readonly done: readonly HistoryEntry[]
  readonly undone: readonly HistoryEntry[]
}

/** What remains to be done to the document and the ledger; null: there is nothing to undo or redo. */
interface Moved {
  readonly history: History
  readonly entry: HistoryEntry | null
}

export const emptyHistory: History = { done: [], undone: [] }

/** Older entries are forgotten beyond this many. */
const maxEntries = 500

export function record(history: History, entry: HistoryEntry): History {
  if (isEmptyPatch(entry.patch) && !entry.ledger) return history
  const done = [...history.done, entry]
  return { done: done.slice(-maxEntries), undone: [] }
}

export function undo(history: History): Moved {
  const entry = history.done.at(-1)
  if (!entry) return { history, entry: null }
  return {
    history: { ...history, done: history.done.slice(0, -1), undone: [...history.undone, entry] },
    entry: inverted(entry),
  }
}

export function redo(history: History): Moved {
  const entry = history.undone.at(-1)
  if (!entry) return { history, entry: null }
  return {
    history: { ...history, done: [...history.done, entry], undone: history.undone.slice(0, -1) },
    entry,
  }
}

function inverted({ title, patch, ledger }: HistoryEntry): HistoryEntry {
  const back = ledger ? { ledger: { from: ledger.to, to: ledger.from } } : {}
  return { title, patch: invertPatch(patch), ...back }
}
