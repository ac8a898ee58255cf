import type { SchemaDocument } from '../core/model/document.ts'
import { detectStyle } from '../core/sequelize/folder/detect-style.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { type FolderStyle, usualStyle } from '../core/sequelize/folder/style.ts'
import type { Replay } from '../database/replay/replay.ts'
import { onPageFocus } from '../platform/address.ts'
import { type OpenedFolder, readFolder } from '../platform/folder-files.ts'
import * as platform from '../platform/folder-handle.ts'
import { loadFolder, storeFolder } from '../platform/project-storage.ts'
import { chosenServices, isWanted, type Opened } from './folder-choices.ts'
import { type Kept, type LinkedFolder, linkedFolderStore, unlinked } from './linked-folder-store.ts'
import { projectStore } from './project-store.ts'

/** What was known before a baseline was exchanged: undo brings that baseline back, and the files are news again. */
const marksBefore = new WeakMap<SchemaDocument, Kept['marks']>()

/**
 * Keeps the folder with a project that is made from it. `together`: all that are made from it at once. Gives what is
 * known of the folder from then on; null where it cannot be found again.
 */
export async function linkFolder(
  project: string,
  opened: Opened & { readonly replay: Replay },
  together: NonNullable<Kept['together']>,
): Promise<Pick<LinkedFolder, 'kept' | 'failure'> | null> {
  const { folder, choices, replay } = opened
  const { handle } = folder
  if (!handle) return null
  const services = chosenServices(opened)
  const last = targetService({ services })
  const style = last ? detectStyle(folder.files, last).style : usualStyle
  const others = together.length > 1 ? { together } : {}
  const kept: Kept = { handle, choices, services, style, watched: replay.read, marks: new Map(), ...others }
  try {
    const marks = await marksOf(kept, folder.stamps)
    const isModel = isOfModels(kept)
    const models = isModel ? await platform.compareMarks(handle, isModel, new Map()) : null
    const linked = { ...kept, marks, ...(models ? { modelMarks: models.marks } : {}) }
    const stored = await storeFolder(project, linked)
    return { kept: linked, failure: 'failure' in stored ? stored.failure : null }
  } catch (error) {
    return { kept, failure: error instanceof Error ? error.message : String(error) }
  }
}

/** Of the files on which the schema rests, as they are or as they were when they had these stamps. */
async function marksOf(kept: Kept, stamps: OpenedFolder['stamps']): Promise<Kept['marks']> {
  const { marks } = await platform.compareMarks(kept.handle, isRead(kept), kept.marks)
  return stamps ? platform.marksAsRead(marks, stamps, isRead(kept)) : marks
}

/** The service that the next migration goes into: as a person chose, else the one that runs last. */
export function targetService({ services, target }: Pick<Kept, 'services' | 'target'>): Service | undefined {
  return services.find(({ migrationsFolder }) => migrationsFolder === target) ?? services.at(-1)
}

/** Lets the next migration go into another service, in the style of that one's files. */
export async function writeIntoService(target: string): Promise<void> {
  const { project, kept } = linkedFolderStore.getState()
  if (project === null || !kept) return
  const service = targetService({ ...kept, target })
  if (!service) return
  const inside = `${service.root}/`
  const isOwn = (path: string) =>
    isWanted(path) && (service.root === '' || path.startsWith(inside) || inside.startsWith(path))
  const { files } = await readFolder(kept.handle, isOwn)
  await keep(project, { ...kept, target, style: detectStyle(files, service).style })
}

async function keep(project: string, kept: Kept): Promise<void> {
  linkedFolderStore.setState({ ...unlinked, project, kept })
  await change(project, kept)
}

/** Keeps it without a word on whether the migrations are as they were read. */
async function change(project: string, kept: Kept): Promise<void> {
  linkedFolderStore.setState({ kept })
  const stored = await storeFolder(project, kept)
  if ('failure' in stored) linkedFolderStore.setState({ state: 'unreadable', failure: stored.failure })
}

/** Files whose change may change what the migrations build: those beside them, those they read, and folders that lead there. */
function isRead({ services, watched = [] }: Pick<Kept, 'services' | 'watched'>): (path: string) => boolean {
  const folders = services.map(({ migrationsFolder }) => `${migrationsFolder}/`)
  const files = new Set([
    ...watched,
    ...services.map(({ root }) => (root === '' ? '.sequelizerc' : `${root}/.sequelizerc`)),
  ])
  const isBelow = (path: string) => folders.some((folder) => folder === '/' || path.startsWith(folder))
  return (path) =>
    isWanted(path) &&
    (isBelow(path) ||
      (path.endsWith('/') ? [...folders, ...files].some((one) => one.startsWith(path)) : files.has(path)))
}

/** Files whose change may change the models: theirs, and the settings of their connection. null: there are none. */
export function isOfModels({ services }: Pick<Kept, 'services'>): ((path: string) => boolean) | null {
  const folders = services.flatMap(({ modelsFolder }) => modelsFolder ?? [])
  const settings = new Set(services.flatMap(({ configFile }) => configFile ?? []))
  const places = [...folders, ...settings]
  const leads = (path: string) => places.some((place) => `${place}/`.startsWith(path))
  if (folders.length === 0) return null
  return (path) =>
    isWanted(path) &&
    (settings.has(path) ||
      folders.some((folder) => path.startsWith(`${folder}/`)) ||
      (path.endsWith('/') && leads(path)))
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

/**
 * Takes what is on disk as read: as it is, or as it was when the files had these stamps. `before`: the baseline that undo
 * brings back, for which it was not.
 */
export async function noteRead(
  change: Partial<Kept>,
  before: SchemaDocument | null,
  stamps?: OpenedFolder['stamps'],
): Promise<void> {
  const { project, kept } = linkedFolderStore.getState()
  if (project === null || !kept) return
  if (before) marksBefore.set(before, marksBefore.get(before) ?? kept.marks)
  const next = { ...kept, ...change }
  await keep(project, { ...next, marks: await marksOf(next, stamps) })
}

/** Takes the models' files on disk as read for that project. */
export async function noteModelsRead(project: string, modelMarks: Kept['marks']): Promise<void> {
  const { project: present, kept } = linkedFolderStore.getState()
  if (present === project && kept) await change(project, { ...kept, modelMarks })
}

/** How the next migration into the folder is written. */
export async function setFolderStyle(style: FolderStyle): Promise<void> {
  const { project, kept } = linkedFolderStore.getState()
  if (project !== null && kept) await keep(project, { ...kept, style })
}

/** What is written along with the next migration. */
export async function setWrittenAlong(along: Pick<Kept, 'withModels' | 'withSeeds'>): Promise<void> {
  const { project, kept } = linkedFolderStore.getState()
  if (project !== null && kept) await change(project, { ...kept, ...along })
}
