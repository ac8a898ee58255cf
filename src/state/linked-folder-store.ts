import { createStore } from 'zustand/vanilla'
import { timeNames } from '../core/sequelize/folder/time-names.ts'
import type { Compared, KeptFolder } from '../platform/folder-handle.ts'
import { projectStore } from './project-store.ts'

export type Kept = KeptFolder

/** What is known of the folder that the open project came from. */
export interface LinkedFolder {
  /** Of which project this is said. */
  readonly project: string | null
  /** null: it came from no folder that this browser can find again. */
  readonly kept: Kept | null
  /** `asks`: the browser wants a click before the folder is read again. */
  readonly state: 'same' | 'changed' | 'asks' | 'unreadable'
  readonly changes: Pick<Compared, 'added' | 'edited' | 'removed'>
  /** Why it is unreadable. */
  readonly failure: string | null
}

const noChanges = { added: [], edited: [], removed: [] }

export const unlinked: LinkedFolder = {
  project: null,
  kept: null,
  state: 'same',
  changes: noChanges,
  failure: null,
}

export const linkedFolderStore = createStore<LinkedFolder>(() => unlinked)

/** The projects that were made at once of the folder of that project, itself among them; empty where it was alone. */
export function madeTogether(
  { project, kept }: Pick<LinkedFolder, 'project' | 'kept'>,
  open: string | null,
): NonNullable<Kept['together']> {
  return project === open ? (kept?.together ?? []) : []
}

/** The times that a new table has in the folder that the open project came from; undefined without one. */
export function timesOfFolder(): ReturnType<typeof timeNames> | undefined {
  const { project, kept } = linkedFolderStore.getState()
  return kept && project === projectStore.getState().id ? timeNames(kept.style) : undefined
}
