import { invertPatch, isEmptyPatch, type Patch, squashPatches } from '../core/model/patch.ts'

/** One undoable edit. */
export interface HistoryEntry {
  /** For the person: "Rename column", shown as "Undo rename column". */
  readonly title: string
  readonly patch: Patch
}

/** Edits done and undone, newest last; `mark` is the length at which the open gesture began. */
export interface History {
  readonly done: readonly HistoryEntry[]
  readonly undone: readonly HistoryEntry[]
  readonly mark: number | null
}

export const emptyHistory: History = { done: [], undone: [], mark: null }

/** Older entries are forgotten beyond this many. */
const maxEntries = 500

export function record(history: History, entry: HistoryEntry): History {
  if (isEmptyPatch(entry.patch)) return history
  const done = [...history.done, entry]
  const excess = history.mark === null ? Math.max(0, done.length - maxEntries) : 0
  return { ...history, done: done.slice(excess), undone: [] }
}

/** Opens a gesture: what follows closes as one entry. */
export function openMark(history: History): History {
  return history.mark === null ? { ...history, mark: history.done.length } : history
}

/** Closes the gesture; all its edits become one entry titled `title`. */
export function closeMark(history: History, title: string): History {
  if (history.mark === null) return history
  const gesture = history.done.slice(history.mark)
  const before = history.done.slice(0, history.mark)
  const [first, ...rest] = gesture
  if (!first) return { ...history, mark: null }
  const patch = rest.reduce((sum, entry) => squashPatches(sum, entry.patch), first.patch)
  const done = isEmptyPatch(patch) ? before : [...before, { title, patch }]
  return { done, undone: history.undone, mark: null }
}

/** Abandons the gesture; gives the patch that takes its edits back. */
export function bailToMark(history: History): { readonly history: History; readonly patch: Patch | null } {
  if (history.mark === null) return { history, patch: null }
  const gesture = history.done.slice(history.mark)
  const [first, ...rest] = gesture
  const closed = { ...history, done: history.done.slice(0, history.mark), mark: null }
  if (!first) return { history: closed, patch: null }
  return {
    history: closed,
    patch: invertPatch(rest.reduce((sum, entry) => squashPatches(sum, entry.patch), first.patch)),
  }
}

export function undo(history: History): { readonly history: History; readonly patch: Patch | null } {
  const entry = history.done.at(-1)
  if (!entry || history.mark !== null) return { history, patch: null }
  return {
    history: { ...history, done: history.done.slice(0, -1), undone: [...history.undone, entry] },
    patch: invertPatch(entry.patch),
  }
}

export function redo(history: History): { readonly history: History; readonly patch: Patch | null } {
  const entry = history.undone.at(-1)
  if (!entry || history.mark !== null) return { history, patch: null }
  return {
    history: { ...history, done: [...history.done, entry], undone: history.undone.slice(0, -1) },
    patch: entry.patch,
  }
}
