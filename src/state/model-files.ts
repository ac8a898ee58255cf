import { createStore } from 'zustand/vanilla'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { type FolderFiles, joinPath } from '../core/sequelize/folder/folder-files.ts'
import { type ModelFileChange, proposeModelFiles } from '../core/sequelize/model-files/propose-model-files.ts'
import type { ModelReading } from '../core/sequelize/models/model-facts.ts'
import { type CheckedModelFiles, checkModelFiles } from '../database/check-model-files.ts'
import * as platform from '../platform/folder-files.ts'
import { mayUse } from '../platform/folder-handle.ts'
import { type CallOptions, database } from './database.ts'
import { chosenServices, isWanted, requestOf, servicesIn } from './folder-choices.ts'
import { LatestRun } from './latest-run.ts'
import { targetService } from './linked-folder.ts'
import { type Kept, linkedFolderStore } from './linked-folder-store.ts'
import type { Ends } from './migration-ends.ts'
import { migrationStore } from './migration-state.ts'

export type { ModelFileChange } from '../core/sequelize/model-files/propose-model-files.ts'
export type { CheckedModelFiles } from '../database/check-model-files.ts'

/** The models of the linked folder, on their way to follow the next migration. */
export type ModelFilesState =
  | { readonly phase: 'idle' | 'reading' }
  | { readonly phase: 'failed'; readonly failure: string }
  | ChoosingModelFiles

export interface ChoosingModelFiles {
  readonly phase: 'choosing'
  readonly changes: readonly ModelFileChange[]
  /** Paths of the files that are to be written. */
  readonly accepted: ReadonlySet<string>
  /** What Sequelize makes of those; null: it is at it. */
  readonly checked: CheckedModelFiles | null
  /** Why it could not be asked. */
  readonly failure: string | null
}

const idle: ModelFilesState = { phase: 'idle' }

export const modelFilesStore = createStore<ModelFilesState>(() => idle)

/** The folder as it was read for the proposal. */
interface Basis extends Ends {
  readonly files: FolderFiles
  readonly service: Service
  readonly environment: Readonly<Record<string, string>>
  readonly reading: ModelReading
}

let basis: Basis | null = null
const reading = new LatestRun()
const checking = new LatestRun()

/** Reads the models of the folder and proposes how they follow the planned migration. To be called within a click. */
export async function proposeModels(): Promise<void> {
  const { kept } = linkedFolderStore.getState()
  const { between } = migrationStore.getState()
  if (!kept || !between) return
  modelFilesStore.setState({ phase: 'reading' }, true)
  await reading.start((options) => read(kept, between, options), {
    onProgress: () => undefined,
    onFailure: (failure) => {
      modelFilesStore.setState(failure === null ? idle : { phase: 'failed', failure }, true)
    },
    onDone: (found) => {
      basis = found
      const { files, service, from, to } = found
      const { models } = found.reading
      const changes = proposeModelFiles({ files, service, models, from, to, code: kept.style })
      // A person's own file is written when its change was looked at and accepted.
      const own = changes.filter(({ owner, before, after }) => owner !== 'theirs' && before !== after)
      choose(changes, new Set(own.map(({ path }) => path)))
    },
  })
}

async function read(kept: Kept, between: Ends, options: CallOptions): Promise<Basis> {
  if (!(await mayUse(kept.handle, 'readwrite', true))) {
    throw new Error(`The browser may not write into ${kept.handle.name}.`)
  }
  const folder = await platform.readFolder(kept.handle, isWanted)
  const found = await servicesIn(folder.files, kept.choices.environment, options)
  const opened = { folder, found, choices: kept.choices }
  const service = targetService({ ...kept, services: chosenServices(opened) })
  if (!service) throw new Error('Its migrations are no longer where they were.')
  const { files, environment = {} } = requestOf(opened)
  const models = await database().readModels({ files, services: [service], environment }, options)
  return { ...between, files, service, environment, reading: models }
}

/** Says whether a file is to be written. */
export function acceptModelFile(path: string, accepts: boolean): void {
  const state = modelFilesStore.getState()
  if (state.phase !== 'choosing') return
  const accepted = new Set(state.accepted)
  if (accepts) accepted.add(path)
  else accepted.delete(path)
  choose(state.changes, accepted)
}

/** All files with a change, or none. */
export function acceptAllModelFiles(accepts: boolean): void {
  const state = modelFilesStore.getState()
  if (state.phase !== 'choosing') return
  const changed = state.changes.filter(({ before, after }) => before !== after)
  choose(state.changes, new Set(accepts ? changed.map(({ path }) => path) : []))
}

function choose(changes: readonly ModelFileChange[], accepted: ReadonlySet<string>): void {
  modelFilesStore.setState({ phase: 'choosing', changes, accepted, checked: null, failure: null }, true)
  if (!basis) return
  const { service, files, environment, from, to } = basis
  const modelsFolder = service.modelsFolder ?? joinPath(service.root, 'models')
  const services = [{ ...service, modelsFolder }]
  const wanted = changes.filter(({ path }) => accepted.has(path))
  const request = { files, services, environment, reading: basis.reading, from, to, changes: wanted }
  const say = (said: Partial<ChoosingModelFiles>) => {
    const state = modelFilesStore.getState()
    if (state.phase === 'choosing') modelFilesStore.setState({ ...state, ...said }, true)
  }
  void checking.start((options) => checkModelFiles(database(), request, options), {
    onProgress: () => undefined,
    onDone: (checked) => say({ checked }),
    onFailure: (failure) => failure !== null && say({ failure }),
  })
}

/** The accepted changes. */
export function acceptedModelFiles(): readonly ModelFileChange[] {
  const state = modelFilesStore.getState()
  if (state.phase !== 'choosing') return []
  return state.changes.filter(({ path }) => state.accepted.has(path))
}

/** Forgets the proposal. */
export function closeModelFiles(): void {
  reading.cancel()
  checking.cancel()
  basis = null
  modelFilesStore.setState(idle, true)
}
