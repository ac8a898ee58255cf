import { createStore } from 'zustand/vanilla'
import type { ObjectId } from '../core/model/object.ts'

export type DrawerTab = 'problems' | 'sql' | 'migrations' | 'query'

/** What a person looks at: never saved, never undone. */
export interface SessionState {
  /** Selected objects (or diagram items), the one shown in the inspector last. */
  readonly selection: readonly string[]
  readonly drawer: DrawerTab | null
  readonly explorerOpen: boolean
  readonly inspectorOpen: boolean
  readonly paletteOpen: boolean
  /** The name being edited in place on the canvas. */
  readonly renaming: ObjectId | null
  /** Asks the canvas to bring these into view; a new array each time. */
  readonly reveal: readonly string[] | null
}

export const sessionStore = createStore<SessionState>(() => ({
  selection: [],
  drawer: null,
  explorerOpen: true,
  inspectorOpen: true,
  paletteOpen: false,
  renaming: null,
  reveal: null,
}))

export function select(ids: readonly string[]): void {
  sessionStore.setState({ selection: ids })
}

/** Selects and brings into view. */
export function show(ids: readonly string[]): void {
  sessionStore.setState({ selection: ids, reveal: [...ids] })
}

export function openDrawer(tab: DrawerTab | null): void {
  sessionStore.setState({ drawer: tab })
}
