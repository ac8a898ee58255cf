import { useStore } from 'zustand'
import type { Change } from '../core/diff/change.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { type Schema, schemaOf } from '../core/model/schema.ts'
import { drawnChanges } from './changes.ts'
import { documentStore } from './document-store.ts'
import { type EngineState, engineStore } from './engine-store.ts'
import { type ProjectState, projectStore } from './project-store.ts'
import { type SessionState, sessionStore } from './session-store.ts'

/** The document being edited. */
export function useDocument(): SchemaDocument {
  return useStore(documentStore, (state) => state.document)
}

/** The document being edited with its look-ups. */
export function useSchema(): Schema {
  return schemaOf(useDocument())
}

/** The titles of the edits that undo and redo would take; null for none. */
export function useUndoTitles(): { readonly undo: string | null; readonly redo: string | null } {
  const undo = useStore(documentStore, ({ history }) => history.done.at(-1)?.title ?? null)
  const redo = useStore(documentStore, ({ history }) => history.undone.at(-1)?.title ?? null)
  return { undo, redo }
}

/** Part of what PostgreSQL says. `select` must give a value that stays the same while nothing changed. */
export function useEngine<T>(select: (state: EngineState) => T): T {
  return useStore(engineStore, select)
}

export function useProject<T>(select: (state: ProjectState) => T): T {
  return useStore(projectStore, select)
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(sessionStore, select)
}

/** The differences between baseline and document as drawn; the same list while neither changed. */
export function useDrawnChanges(): readonly Change[] {
  useStore(projectStore, (state) => state.baseline)
  useStore(documentStore, (state) => state.document.objects)
  return drawnChanges()
}
