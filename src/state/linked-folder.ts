import { createStore } from 'zustand/vanilla'
import type { SchemaDocument } from '../core/model/document.ts'
import { detectStyle } from '../core/sequelize/folder/detect-style.ts'
import { folderOf } from '../core/sequelize/folder/folder-files.ts'
import { type FolderStyle, timeNames, usualStyle } from '../core/sequelize/folder/style.ts'
import { onPageFocus } from '../platform/address.ts'
import * as platform from '../platform/folder-handle.ts'
import { loadFolder, storeFolder } from '../platform/project-storage.ts'
import { chosenServices, isWanted, type Opened } from './folder-choices.ts'
import { projectStore } from './project-store.ts'

export type Kept = platform.KeptFolder

/** What is known of the folder that the open project came from. */
export interface LinkedFolder {
  /** Of which project this is said. */
  readonly project: string | null
  /** null: it came from no folder that this browser can find again. */
  readonly kept: Kept | null
  /** `asks`: the browser wants a click before the folder is read again. */
  readonly state: 'same' | 'changed' | 'asks' | 'unreadable'
  readonly changes: Pick<platform.Compared, 'added' | 'edited' | 'removed'>
  /** Why it is unreadable. */
  readonly failure: string | null
}

const noChanges = { added: [], edited: [], removed: [] }

const unlinked: LinkedFolder = {
  project: null,
  kept: null,
  state: 'same',
  changes: noChanges,
  failure: null,
}

export const linkedFolderStore = createStore<LinkedFolder>(() => unlinked)

/** What was known before a baseline was exchanged: undo brings that baseline back, and the files are news again. */
const marksBefore = new WeakMap<SchemaDocument, Kept['marks']>()

/** Keeps the folder with the open project that was made from it. */
export async function linkFolder({ folder, found, choices }: Opened): Promise<void> {
  const { id } = projectStore.getState()
  const { handle } = folder
  if (id === null || !handle) return
  const services = chosenServices({ found, choices })
  const last = services.at(-1)
  const style = last ? detectStyle(folder.files, last).style : usualStyle
  const kept: Kept = { handle, choices, services, style, marks: new Map() }
  const { marks } = await platform.compareMarks(handle, isRead(kept), kept.marks)
  await keep(id, { ...kept, marks })
}

async function keep(project: string, kept: Kept): Promise<void> {
  linkedFolderStore.setState({ ...unlinked, project, kept })
  const stored = await storeFolder(project, kept)
  if ('failure' in stored) linkedFolderStore.setState({ state: 'unreadable', failure: stored.failure })
}

/** Files whose change may change what the migrations build: those beside them, and the folders that lead there. */
function isRead({ services }: Pick<Kept, 'services'>): (path: string) => boolean {
  const folders = services.map(({ migrationsFolder }) => migrationsFolder)
  return (path) =>
    isWanted(path) &&
    (path.endsWith('/')
      ? folders.some((folder) => `${folder}/`.startsWith(path) || path.startsWith(`${folder}/`))
      : folders.some((folder) => folder === '' || `${folderOf(path)}/`.startsWith(`${folder}/`)))
}

/**
 * Compares the files that were read with those on disk. With `ask` the browser may ask a person for the permission:
 * only within a click. True: they are the same, or there is no folder.
 */
export async function checkFolder(ask = false): Promise<boolean> {
  const { id: project, baseline } = projectStore.getState()
  if (project === null) return true
  const kept = await keptOf(project)
  if (!kept) return true
  const say = (said: Partial<LinkedFolder>) => {
    if (projectStore.getState().id === project) {
      linkedFolderStore.setState({ ...unlinked, project, kept, ...said })
    }
  }
  try {
    if (!(await platform.mayUse(kept.handle, 'read', ask))) {
      say({ state: 'asks' })
      return false
    }
    const known = marksBefore.get(baseline) ?? kept.marks
    const { marks: _, ...changes } = await platform.compareMarks(kept.handle, isRead(kept), known)
    const isSame = Object.values(changes).every((paths) => paths.length === 0)
    say({ state: isSame ? 'same' : 'changed', changes })
    return isSame
  } catch (error) {
    say({ state: 'unreadable', failure: error instanceof Error ? error.message : String(error) })
    return false
  }
}

/** Looks for changes now and whenever a person comes back to the page. Returns the way out. */
export function watchFolder(): () => void {
  void checkFolder()
  return onPageFocus(() => void checkFolder())
}

async function keptOf(project: string): Promise<Kept | null> {
  const state = linkedFolderStore.getState()
  if (state.project === project) return state.kept
  const stored = await loadFolder(project)
  const kept = 'value' in stored ? (stored.value ?? null) : null
  linkedFolderStore.setState({ ...unlinked, project, kept })
  return kept
}

/** Takes what is on disk now as read. `before`: the baseline that undo brings back, for which it was not. */
export async function noteRead(change: Partial<Kept>, before: SchemaDocument | null): Promise<void> {
  const { project, kept } = linkedFolderStore.getState()
  if (project === null || !kept) return
  if (before) marksBefore.set(before, marksBefore.get(before) ?? kept.marks)
  const next = { ...kept, ...change }
  const { marks } = await platform.compareMarks(next.handle, isRead(next), kept.marks)
  await keep(project, { ...next, marks })
}

/** The times that a new table has in the folder that the open project came from; undefined without one. */
export function timesOfFolder(): ReturnType<typeof timeNames> | undefined {
  const { project, kept } = linkedFolderStore.getState()
  return kept && project === projectStore.getState().id ? timeNames(kept.style) : undefined
}

/** How the next migration into the folder is written. */
export async function setFolderStyle(style: FolderStyle): Promise<void> {
  const { project, kept } = linkedFolderStore.getState()
  if (project !== null && kept) await keep(project, { ...kept, style })
}
