import { createStore } from 'zustand/vanilla'
import { modelTableSql } from '../core/commands/model-base.ts'
import { archiveAdvice, sourceFormatOf } from '../core/import/source-format.ts'
import { databasesOfServices } from '../core/sequelize/folder/databases-of-services.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import type { FolderChoices } from '../core/sequelize/folder/folder-choices.ts'
import type { ServicePlaces } from '../core/sequelize/folder/service-places.ts'
import type { Drift } from '../core/sequelize/models/drift.ts'
import type { DroppedFolder } from '../platform/dropped-folder.ts'
import { chooseFile, chooseTextFile } from '../platform/files.ts'
import * as platform from '../platform/folder-files.ts'
import type { Progress } from './database.ts'
import { isWanted, type Opened, servicesIn } from './folder-choices.ts'
import { type FolderRun, runDatabases } from './folder-run.ts'
import { LatestRun } from './latest-run.ts'
import { checkFolder, linkFolder } from './linked-folder.ts'
import { linkedFolderStore, unlinked } from './linked-folder-store.ts'
import { createProject, type ProjectContent, storeNewProject } from './projects.ts'
import { replayedFile } from './replayed-file.ts'

export type { FolderChoices } from '../core/sequelize/folder/folder-choices.ts'
export type { MigrationFailure, Replay, ReplayedMigration } from '../database/replay/replay.ts'
export type { OpenedFolder } from '../platform/folder-files.ts'
export type { FolderRun } from './folder-run.ts'
export type { FolderModels } from './model-drift.ts'

/** A folder of Sequelize migrations, from being chosen to what it builds. */
export type FolderState =
  | { readonly phase: 'choose'; readonly failure: string | null }
  /** What is found in it is being found out. */
  | { readonly phase: 'looking'; readonly folder: platform.OpenedFolder }
  | (Opened & { readonly phase: 'found'; readonly failure: string | null })
  | (Opened & { readonly phase: 'running'; readonly progress: Progress })
  /** `shown`: which of the runs is looked at. */
  | (Opened & { readonly phase: 'report'; readonly runs: readonly FolderRun[]; readonly shown: number })
  | (Opened & { readonly phase: 'storing'; readonly progress: Progress })

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
  const choices: FolderChoices = {
    services,
    databases: databasesOfServices(folder.files, found),
    base: '',
    environment: '',
    goOnAfter: [],
    without: [],
  }
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

/**
 * Lets a person choose a file of SQL, a dump for one, that runs before the first migration, or before the first of a
 * service that has a database of its own.
 */
export async function chooseBase(service: string | null = null): Promise<void> {
  const file = await chooseTextFile('.sql,.dump')
  const state = folderStore.getState()
  if (!file || state.phase !== 'found') return
  if (sourceFormatOf(file) === 'archive')
    folderStore.setState({ ...state, failure: archiveAdvice(file) }, true)
  else if (service === null) decideFolder({ base: file.text })
  else decideFolder({ bases: { ...state.choices.bases, [service]: file.text } })
}

/** Puts the table of a model before the first migration, as the model has it, and runs them again. */
export async function startFromModel(drift: Drift): Promise<void> {
  const state = folderStore.getState()
  const made = modelTableSql(drift, () => crypto.randomUUID())
  if (state.phase !== 'report' || made === null) return
  const after = (base: string) => [base.trim(), made].filter((sql) => sql !== '').join('\n\n')
  const { choices } = state
  const own = ownService(state)
  if (own === null) return runAgain({ base: after(choices.base) })
  const { bases = {} } = choices
  await runAgain({ bases: { ...bases, [own]: after(bases[own] ?? '') } })
}

/** The service that the run which is looked at has alone on its database; null where it is the only run. */
function ownService({ runs, shown }: FolderState & { readonly phase: 'report' }): string | null {
  return runs.length === 1 ? null : (runs[shown]?.opened.choices.services[0] ?? null)
}

/** Decides what becomes of a migration that failed, and runs again what that changes. */
export async function decideAfterFailure(decision: 'goOnAfter' | 'without', path: string): Promise<void> {
  const state = folderStore.getState()
  if (state.phase === 'report') await runAgain({ [decision]: [...state.choices[decision], path] })
}

/** Looks at another of several runs. */
export function showRun(shown: number): void {
  const state = folderStore.getState()
  if (state.phase === 'report') folderStore.setState({ ...state, shown }, true)
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

/** Runs the chosen migrations from nothing, in databases of their own. */
export async function runFolder(): Promise<void> {
  const state = folderStore.getState()
  if (state.phase === 'choose' || state.phase === 'looking') return
  const { folder, found, choices } = state
  await runAll({ folder, found, choices }, [], 0)
}

/** Runs what the change of the choices concerns; runs of other databases stay as they are. */
async function runAgain(change: Partial<FolderChoices>): Promise<void> {
  const state = folderStore.getState()
  if (state.phase !== 'report') return
  const { folder, found, choices, runs, shown } = state
  await runAll({ folder, found, choices: { ...choices, ...change } }, runs, shown)
}

async function runAll(opened: Opened, before: readonly FolderRun[], shown: number): Promise<void> {
  const begin: Progress = { done: 0, total: 0, phase: 'Starting' }
  folderStore.setState({ ...opened, phase: 'running', progress: begin }, true)
  await run.start((options) => runDatabases(opened, options, before), {
    onProgress: (progress) => folderStore.setState({ ...opened, phase: 'running', progress }, true),
    onDone: (runs) => folderStore.setState({ ...opened, phase: 'report', runs, shown }, true),
    onFailure: (reason) => {
      const failure = reason === null ? null : `The run broke off: ${reason}`
      folderStore.setState({ ...opened, phase: 'found', failure }, true)
    },
  })
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

/** A run that built something. */
interface Built extends FolderRun {
  readonly result: Exclude<FolderRun['result'], { readonly failure: string }>
}

/** Those of the runs that built something, to be opened as projects. */
export function builtRuns(runs: readonly FolderRun[]): readonly Built[] {
  return runs.flatMap(({ result, ...run }) =>
    'failure' in result || result.replay.document.objects.size <= 1 ? [] : [{ ...run, result }],
  )
}

/**
 * Takes what the migrations built as a project, or as one for each database, of which the one that is looked at is
 * opened. It exists already, so it is also the baseline.
 */
export async function openFolderAsProjects(): Promise<void> {
  const state = folderStore.getState()
  if (state.phase !== 'report') return
  const { runs, shown, ...opened } = state
  const built = builtRuns(runs)
  const first = built.find((run) => run.opened === runs[shown]?.opened) ?? built[0]
  if (!first) return
  const ids = new Map<FolderRun, string>()
  for (const [done, run] of built.filter((one) => one !== first).entries()) {
    const progress = { done, total: built.length, phase: `Storing ${run.name}` }
    folderStore.setState({ ...opened, phase: 'storing', progress }, true)
    const stored = await storeNewProject(contentOf(run))
    if ('failure' in stored) {
      folderStore.setState({ ...opened, phase: 'found', failure: stored.failure }, true)
      return
    }
    ids.set(run, stored.value)
  }
  let failure: string | null = null
  await createProject(contentOf(first), async (id) => {
    ids.set(first, id)
    const linked = built.flatMap((run) => {
      const project = ids.get(run)
      return project === undefined ? [] : [{ run, project, name: run.name }]
    })
    const together = linked.map(({ project, name }) => ({ project, name }))
    for (const { run, project } of linked) {
      const known = await linkFolder(project, { ...run.opened, ...run.result }, together)
      failure ??= known?.failure ?? null
      // What is drawn first takes the names of its times from there.
      if (known && run === first) linkedFolderStore.setState({ ...unlinked, project, kept: known.kept })
    }
  })
  await checkFolder()
  if (failure !== null) linkedFolderStore.setState({ state: 'unreadable', failure })
  closeFolder()
}

function contentOf({ opened, name, result }: Built): ProjectContent {
  const { document, migrations } = result.replay
  const folder = opened.folder.name
  return {
    name: name === folder ? name : `${folder}/${name}`,
    document,
    replayed: migrations.map(replayedFile),
    models: result.models.reading,
  }
}
