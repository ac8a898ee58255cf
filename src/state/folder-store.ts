import { createStore } from 'zustand/vanilla'
import { modelTableSql } from '../core/commands/model-base.ts'
import { archiveAdvice, sourceFormatOf } from '../core/import/source-format.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import type { FolderChoices } from '../core/sequelize/folder/folder-choices.ts'
import type { ServicePlaces } from '../core/sequelize/folder/service-places.ts'
import type { Drift } from '../core/sequelize/models/drift.ts'
import { noModels } from '../core/sequelize/models/model-facts.ts'
import type { Replay } from '../database/replay/replay.ts'
import type { DroppedFolder } from '../platform/dropped-folder.ts'
import { chooseFile, chooseTextFile } from '../platform/files.ts'
import * as platform from '../platform/folder-files.ts'
import { type CallOptions, database, type Progress } from './database.ts'
import { chosenServices, isWanted, type Opened, requestOf, servicesIn } from './folder-choices.ts'
import { LatestRun } from './latest-run.ts'
import { linkFolder } from './linked-folder.ts'
import type { FolderModels } from './model-drift.ts'
import { createProject } from './projects.ts'
import { replayedFile } from './replayed-file.ts'

export type { FolderChoices } from '../core/sequelize/folder/folder-choices.ts'
export type { MigrationFailure, Replay, ReplayedMigration } from '../database/replay/replay.ts'
export type { OpenedFolder } from '../platform/folder-files.ts'
export type { FolderModels } from './model-drift.ts'

/** A folder of Sequelize migrations, from being chosen to what it builds. */
export type FolderState =
  | { readonly phase: 'choose'; readonly failure: string | null }
  /** What is found in it is being found out. */
  | { readonly phase: 'looking'; readonly folder: platform.OpenedFolder }
  | (Opened & { readonly phase: 'found'; readonly failure: string | null })
  | (Opened & { readonly phase: 'running'; readonly progress: Progress })
  | (Opened & { readonly phase: 'report'; readonly replay: Replay; readonly models: FolderModels })

const start: FolderState = { phase: 'choose', failure: null }

export const folderStore = createStore<FolderState>(() => start)

const run = new LatestRun()

/** Lets a person choose a folder; what is found in it waits for a decision. */
export async function chooseMigrationsFolder(): Promise<void> {
  try {
    const folder = await platform.chooseFolderToRead(isWanted)
    if (folder) await openMigrationsFolder(folder)
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    folderStore.setState({ phase: 'choose', failure }, true)
  }
}

/** Opens a folder that was dropped, as `droppedFolder` found it. */
export async function openDroppedFolder(folder: DroppedFolder): Promise<void> {
  try {
    await openMigrationsFolder(await platform.readDroppedFolder(folder, isWanted))
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    folderStore.setState({ phase: 'choose', failure }, true)
  }
}

/** Lets a person choose a zip of a folder. */
export async function chooseMigrationsZip(): Promise<void> {
  const file = await chooseFile('.zip,application/zip')
  if (file) await openMigrationsZip(file)
}

/** Opens a zip as the folder that is in it. */
export async function openMigrationsZip(file: File): Promise<void> {
  const { readZipFolder } = await import('../platform/unzip.ts')
  const folder = await readZipFolder(file, file.name, isWanted)
  if ('failure' in folder) folderStore.setState({ phase: 'choose', failure: folder.failure }, true)
  else await openMigrationsFolder(folder)
}

async function openMigrationsFolder(folder: platform.OpenedFolder): Promise<void> {
  folderStore.setState({ phase: 'looking', folder }, true)
  await run.start((options) => servicesIn(folder.files, '', options), {
    onProgress: () => undefined,
    onDone: (found) => showFound(folder, found),
    onFailure: (failure) => folderStore.setState({ phase: 'choose', failure }, true),
  })
}

function showFound(folder: platform.OpenedFolder, found: readonly Service[]): void {
  const hasCode = [...folder.files.keys()].some((path) => /\.[cm]?[jt]s$/.test(path))
  if (!hasCode) {
    const failure = folder.files.has('toc.dat')
      ? `${folder.name} is an archive of pg_dump. Write it as SQL first: pg_restore --schema-only --file=schema.sql ${folder.name}`
      : `${folder.name} has no migrations, nor other files of JavaScript or TypeScript.`
    folderStore.setState({ phase: 'choose', failure }, true)
    return
  }
  const services = found.map(({ migrationsFolder }) => migrationsFolder)
  const choices: FolderChoices = { services, base: '', environment: '', goOnAfter: [], without: [] }
  folderStore.setState({ phase: 'found', folder, found, choices, failure: null }, true)
}

/** Decides; what ran before is put aside. */
export function decideFolder(choices: Partial<FolderChoices>): void {
  const state = folderStore.getState()
  if (state.phase === 'choose' || state.phase === 'looking') return
  const { folder, found } = state
  const decided = { ...state.choices, ...choices }
  folderStore.setState({ phase: 'found', folder, found, choices: decided, failure: null }, true)
}

/** Lets a person choose a file of SQL, a dump for one, that runs before the first migration. */
export async function chooseBase(): Promise<void> {
  const file = await chooseTextFile('.sql,.dump')
  if (!file) return
  if (sourceFormatOf(file) !== 'archive') return decideFolder({ base: file.text })
  const state = folderStore.getState()
  if (state.phase === 'found') folderStore.setState({ ...state, failure: archiveAdvice(file) }, true)
}

/** Puts the table of a model before the first migration, as the model has it, and runs them again. */
export async function startFromModel(drift: Drift): Promise<void> {
  const state = folderStore.getState()
  const made = modelTableSql(drift, () => crypto.randomUUID())
  if (state.phase !== 'report' || made === null) return
  decideFolder({ base: [state.choices.base.trim(), made].filter((sql) => sql !== '').join('\n\n') })
  await runFolder()
}

/** Puts a part of a service elsewhere; `found` is the folder of migrations by which the service was found. */
export function placeService(found: string, change: Partial<Omit<ServicePlaces, 'found'>>): void {
  const state = folderStore.getState()
  if (state.phase !== 'found') return
  const { places = [] } = state.choices
  const service = state.found.find(({ migrationsFolder }) => migrationsFolder === found)
  if (!service) return
  const { migrationsFolder, modelsFolder, seedersFolder, configFile } = service
  const before = places.find((one) => one.found === found)
  const placed = { migrationsFolder, modelsFolder, seedersFolder, configFile, ...before, ...change, found }
  decideFolder({ places: [...places.filter((one) => one.found !== found), placed] })
}

/** Runs the chosen migrations from nothing, in a database of their own. */
export async function runFolder(): Promise<void> {
  const state = folderStore.getState()
  if (state.phase === 'choose' || state.phase === 'looking') return
  const { folder, found, choices } = state
  const opened: Opened = { folder, found, choices }
  const begin: Progress = { done: 0, total: 0, phase: 'Starting' }
  folderStore.setState({ ...opened, phase: 'running', progress: begin }, true)
  await run.start((options) => replayAndCompare(opened, options), {
    onProgress: (progress) => folderStore.setState({ ...opened, phase: 'running', progress }, true),
    onDone: (result) => folderStore.setState({ ...opened, phase: 'report', ...result }, true),
    onFailure: (reason) => {
      const failure = reason === null ? null : `The run broke off: ${reason}`
      folderStore.setState({ ...opened, phase: 'found', failure }, true)
    },
  })
}

/** The models are compared with what the migrations built, as far as they did. */
async function replayAndCompare(opened: Opened, options: CallOptions) {
  const request = requestOf(opened)
  const replay = await database().replay(request, options)
  const { files, environment = {}, timeLimitMilliseconds } = request
  const services = chosenServices(opened)
  if (!services.some(({ modelsFolder }) => modelsFolder !== null))
    return { replay, models: { reading: noModels, drift: [] } }
  options.onProgress?.({ done: services.length, total: services.length, phase: 'Reading the models' })
  const reading = await database().readModels(
    { files, services, environment, ...(timeLimitMilliseconds ? { timeLimitMilliseconds } : {}) },
    options,
  )
  const { drift } = await database().compareModels(replay.document, reading.models, options)
  return { replay, models: { reading, drift } }
}

/** Ends the run; the folder and what was decided stay. */
export function cancelFolderRun(): void {
  run.cancel()
  decideFolder({})
}

/** Forgets the folder. */
export function closeFolder(): void {
  run.cancel()
  folderStore.setState(start, true)
}

/** Takes what the migrations built as a project: it exists already, so it is also the baseline. */
export async function openFolderAsProject(): Promise<void> {
  const state = folderStore.getState()
  if (state.phase !== 'report') return
  const { document, migrations } = state.replay
  const { name } = state.folder
  const models = state.models.reading
  await createProject({ name, document, replayed: migrations.map(replayedFile), models })
  await linkFolder(state)
  closeFolder()
}
