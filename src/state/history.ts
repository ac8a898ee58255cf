import { invertPatch, isEmptyPatch, type Patch } from '../core/model/patch.ts'

/** One undoable edit. */
export interface HistoryEntry {
  /** For the person: "Rename column", shown as "Undo rename column". */
  readonly title: string
  readonly patch: Patch
}

/** Edits done and undone, newest last. */
export interface History {
  readonly done: readonly HistoryEntry[]
  readonly undone: readonly HistoryEntry[]
}

export const emptyHistory: History = { done: [], undone: [] }

/** Older entries are forgotten beyond this many. */
const maxEntries = 500

export function record(history: History, entry: HistoryEntry): History {
  if (isEmptyPatch(entry.patch)) return history
  const done = [...history.done, entry]
  return { done: done.slice(-maxEntries), undone: [] }
}

export function undo(history: History): { readonly history: History; readonly patch: Patch | null } {
  const entry = history.done.at(-1)
  if (!entry) return { history, patch: null }
  return {
    history: { ...history, done: history.done.slice(0, -1), undone: [...history.undone, entry] },
    patch: invertPatch(entry.patch),
  }
}

export function redo(history: History): { readonly history: History; readonly patch: Patch | null } {
  const entry = history.undone.at(-1)
  if (!entry) return { history, patch: null }
  return {
    history: { ...history, done: [...history.done, entry], undone: history.undone.slice(0, -1) },
    patch: entry.patch,
  }
}
