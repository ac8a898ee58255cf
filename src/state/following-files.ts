import { createStore } from 'zustand/vanilla'
import type { FileChange } from '../core/sequelize/folder/file-change.ts'
import { joinPath } from '../core/sequelize/folder/folder-files.ts'
import { proposeModelFiles } from '../core/sequelize/model-files/propose-model-files.ts'
import type { ModelReading } from '../core/sequelize/models/model-facts.ts'
import { type CheckedModelFiles, checkModelFiles } from '../database/check-model-files.ts'
import {
  type CheckedSeedFiles,
  checkSeedFiles,
  type ProposedSeedFiles,
  proposeSeedFiles,
} from '../database/seed-files.ts'
import { type CallOptions, database, type Progress } from './database.ts'
import { type FolderWithNext, folderWithNext } from './folder-with-next.ts'
import { LatestRun } from './latest-run.ts'
import { type Kept, linkedFolderStore } from './linked-folder-store.ts'
import type { Ends } from './migration-ends.ts'
import { migrationStore } from './migration-state.ts'

export type { FileChange } from '../core/sequelize/folder/file-change.ts'
export type { CheckedModelFiles } from '../database/check-model-files.ts'
export type { CheckedSeedFiles } from '../database/seed-files.ts'

/** A file of the linked folder that follows the next migration. */
export interface FollowingFile extends FileChange {
  readonly of: 'models' | 'seeds'
}

/** The models and seeds of the linked folder, on their way to follow the next migration. */
export type FollowingState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'reading'; readonly progress: Progress | null }
  | { readonly phase: 'failed'; readonly failure: string }
  | ChoosingFollowing

export interface ChoosingFollowing {
  readonly phase: 'choosing'
  /** Seeds without a migration. */
  readonly alone: boolean
  readonly changes: readonly FollowingFile[]
  /** Paths of the files that are to be written. */
  readonly accepted: ReadonlySet<string>
  readonly models: Checking<CheckedModelFiles>
  /** Seeds are written only when they have run. */
  readonly seeds: Checking<CheckedSeedFiles>
  readonly unfilled: ProposedSeedFiles['unfilled']
}

/** What Sequelize makes of the accepted files. */
export interface Checking<T> {
  /** null: it is at it, or was not asked. */
  readonly checked: T | null
  /** Why it could not be asked. */
  readonly failure: string | null
  readonly wanted: boolean
}

const idle: FollowingState = { phase: 'idle' }

export const followingStore = createStore<FollowingState>(() => idle)

/** The folder as it was read for the proposal. */
interface Basis extends Ends, FolderWithNext {
  readonly reading: ModelReading | null
}

type Proposal = Pick<ChoosingFollowing, 'changes' | 'unfilled'> & { readonly basis: Basis }

let basis: Basis | null = null
const reading = new LatestRun()
const checking = { models: new LatestRun(), seeds: new LatestRun() }

/**
 * Reads the folder and proposes how its models and seeds follow the planned migration; `alone`: nothing is planned, and
 * every table that no seed fills gets some. To be called within a click.
 */
export async function proposeFollowing(alone = false): Promise<void> {
  const linked = linkedFolderStore.getState()
  const { between } = migrationStore.getState()
  if (!linked.kept || !between) return
  const kept = alone ? { ...linked.kept, withModels: false, withSeeds: true } : linked.kept
  followingStore.setState({ phase: 'reading', progress: null }, true)
  await reading.start((options) => propose(kept, between, alone, options), {
    onProgress: (progress) => followingStore.setState({ phase: 'reading', progress }, true),
    onFailure: (failure) => {
      followingStore.setState(failure === null ? idle : { phase: 'failed', failure }, true)
    },
    onDone: ({ changes, unfilled, basis: found }) => {
      basis = found
      // A person's own file is written when its change was looked at and accepted.
      const own = changes.filter(({ owner, before, after }) => owner !== 'theirs' && before !== after)
      const accepted = new Set(own.map(({ path }) => path))
      const blank = { checked: null, failure: null }
      const models = { ...blank, wanted: kept.withModels === true }
      const seeds = { ...blank, wanted: kept.withSeeds === true }
      followingStore.setState({ phase: 'choosing', alone, changes, unfilled, accepted, models, seeds }, true)
      checkModels()
      if (basis.gap === null) checkSeeds()
      else sayOf('seeds', { failure: `${basis.gap.message} ${basis.gap.hint ?? ''}` })
    },
  })
}

async function propose(kept: Kept, between: Ends, alone: boolean, options: CallOptions): Promise<Proposal> {
  const { files } = migrationStore.getState()
  const folder = await folderWithNext(kept, 'readwrite', files, options)
  const shared = { ...between, files: folder.onDisk, service: folder.service }
  const { environment = {} } = folder.request
  const models = kept.withModels
    ? await database().readModels({ files: folder.onDisk, services: [folder.service], environment }, options)
    : null
  const ofModels = models ? proposeModelFiles({ ...shared, models: models.models, code: kept.style }) : []
  const ofSeeds: ProposedSeedFiles =
    kept.withSeeds && !folder.gap
      ? await proposeSeedFiles(
          database(),
          { ...shared, request: folder.request, style: kept.style, stamp: new Date(), everyTable: alone },
          options,
        )
      : { changes: [], unfilled: [] }
  const changes: readonly FollowingFile[] = [
    ...ofModels.map((change) => ({ ...change, of: 'models' as const })),
    ...ofSeeds.changes.map((change) => ({ ...change, of: 'seeds' as const })),
  ]
  return { changes, unfilled: ofSeeds.unfilled, basis: { ...between, ...folder, reading: models } }
}

/** Says whether files are to be written. */
export function acceptFollowing(paths: readonly string[], accepts: boolean): void {
  const state = followingStore.getState()
  if (state.phase !== 'choosing') return
  const accepted = new Set(state.accepted)
  for (const path of paths) {
    if (accepts) accepted.add(path)
    else accepted.delete(path)
  }
  followingStore.setState({ ...state, accepted }, true)
  const touched = new Set(state.changes.filter(({ path }) => paths.includes(path)).map((one) => one.of))
  if (touched.has('models')) checkModels()
  if (touched.has('seeds')) checkSeeds()
}

function checkModels(): void {
  if (!basis?.reading) return
  const { service, onDisk: files, request, reading: models, from, to } = basis
  const { environment = {} } = request
  const modelsFolder = service.modelsFolder ?? joinPath(service.root, 'models')
  const services = [{ ...service, modelsFolder }]
  const changes = acceptedOf('models')
  check('models', (options) =>
    checkModelFiles(
      database(),
      { files, services, environment, reading: models, from, to, changes },
      options,
    ),
  )
}

function checkSeeds(): void {
  const state = followingStore.getState()
  if (!basis || state.phase !== 'choosing' || !state.seeds.wanted) return
  const { service, request } = basis
  const changes = acceptedOf('seeds')
  check('seeds', (options) => checkSeedFiles(database(), { request, service, changes }, options))
}

/** Asks anew, where that is wanted. */
function check<T>(of: FollowingFile['of'], call: (options: CallOptions) => Promise<T>): void {
  const say = (said: Partial<Checking<T>>) => sayOf(of, said)
  say({ checked: null, failure: null })
  void checking[of].start(call, {
    onProgress: () => undefined,
    onDone: (checked) => say({ checked }),
    onFailure: (failure) => failure !== null && say({ failure }),
  })
}

function sayOf<T>(of: FollowingFile['of'], said: Partial<Checking<T>>): void {
  const state = followingStore.getState()
  if (state.phase !== 'choosing' || !state[of].wanted) return
  followingStore.setState({ ...state, [of]: { ...state[of], ...said } }, true)
}

function acceptedOf(of: FollowingFile['of']): readonly FollowingFile[] {
  return acceptedFollowing().filter((change) => change.of === of)
}

/** The accepted changes. */
export function acceptedFollowing(): readonly FollowingFile[] {
  const state = followingStore.getState()
  if (state.phase !== 'choosing') return []
  return state.changes.filter(({ path }) => state.accepted.has(path))
}

/** Forgets the proposal. */
export function closeFollowing(): void {
  reading.cancel()
  checking.models.cancel()
  checking.seeds.cancel()
  basis = null
  followingStore.setState(idle, true)
}
