import { createStore } from 'zustand/vanilla'
import { moveItems } from '../core/commands/place.ts'
import { withSecretsOf } from '../core/commands/stored-passwords.ts'
import { type Rebase, rebase, rebased } from '../core/diff/rebase.ts'
import type { Side, Sides } from '../core/diff/rebase-conflicts.ts'
import { alignedPatches, alignReplayed } from '../core/diff/rebase-ids.ts'
import { layoutGraph } from '../core/layout/auto-layout.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectId } from '../core/model/object.ts'
import { applyPatch } from '../core/model/patch.ts'
import type { ReplayedFile } from '../core/project/project.ts'
import { isAmong, schemaOfFolder } from '../core/project/schema-points.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { nameOf } from '../core/sequelize/folder/folder-files.ts'
import type { Replay } from '../database/replay/replay.ts'
import * as platform from '../platform/folder-files.ts'
import { arrangedPlaces } from './auto-layout.ts'
import { type CallOptions, database, type Progress } from './database.ts'
import { dispatchBoth, documentStore } from './document-store.ts'
import { chosenServices, isWanted, requestOf, servicesIn } from './folder-choices.ts'
import { LatestRun } from './latest-run.ts'
import { checkFolder, noteRead } from './linked-folder.ts'
import { type Kept, linkedFolderStore } from './linked-folder-store.ts'
import { projectStore } from './project-store.ts'
import { replayedFile } from './replayed-file.ts'

/** What changed on disk, on its way into the project. */
export type RebaseState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly progress: Progress }
  /** `path`: the migration that fails now. */
  | { readonly phase: 'failed'; readonly failure: string; readonly path: string | null }
  | (Found & { readonly phase: 'choosing'; readonly choices: ReadonlyMap<ObjectId, Side> })

interface Found {
  readonly result: Rebase
  /** What the folder is kept with from now on. */
  readonly read: Pick<Kept, 'services' | 'choices' | 'watched'>
  /** Of the files, when they were read. */
  readonly stamps: platform.OpenedFolder['stamps']
  /** Of the project when they were compared. */
  readonly baseline: SchemaDocument
  /** What ran, under the ids of the project. */
  readonly migrations: readonly ReplayedFile[]
}

/** What a rebase did, for a person. */
export interface RebaseOutcome {
  readonly fallen: readonly string[]
  /** Exports that left the history with their proofs; those that are among the folder's files are listed there. */
  readonly left: readonly { readonly title: string; readonly isThere: boolean }[]
}

const idle: RebaseState = { phase: 'idle' }

export const rebaseStore = createStore<RebaseState>(() => idle)

const run = new LatestRun()

/**
 * Runs the folder's migrations anew and brings what is drawn onto what they build. Where a choice is needed it waits
 * for `finishRebase`; null then, and where it failed.
 */
export async function readFolderAgain(goOnAfter: string | null = null): Promise<RebaseOutcome | null> {
  const { kept } = linkedFolderStore.getState()
  if (!kept) return null
  const decided: Kept = goOnAfter === null ? kept : withGoingOn(kept, goOnAfter)
  let outcome: RebaseOutcome | null = null
  rebaseStore.setState({ phase: 'running', progress: { done: 0, total: 0, phase: 'Reading files' } }, true)
  await run.start((options) => replayed(decided, options), {
    onProgress: (progress) => rebaseStore.setState({ phase: 'running', progress }, true),
    onFailure: (failure) => {
      rebaseStore.setState(failure === null ? idle : { phase: 'failed', failure, path: null }, true)
    },
    onDone: (found) => {
      if ('failure' in found) rebaseStore.setState({ phase: 'failed', ...found }, true)
      else rebaseStore.setState({ phase: 'choosing', ...found, choices: new Map() }, true)
    },
  })
  const state = rebaseStore.getState()
  if (state.phase === 'choosing' && state.result.conflicts.length === 0) outcome = await finishRebase()
  return outcome
}

function withGoingOn(kept: Kept, path: string): Kept {
  const { choices } = kept
  return { ...kept, choices: { ...choices, goOnAfter: [...choices.goOnAfter, path] } }
}

type Failed = { readonly failure: string; readonly path: string | null }

async function replayed(kept: Kept, options: CallOptions): Promise<Found | Failed> {
  const folder = await platform.readFolder(kept.handle, isWanted)
  const found = await servicesIn(folder.files, kept.choices.environment, options)
  const opened = { folder, found, choices: kept.choices }
  const services = chosenServices(opened)
  if (services.length === 0) return { failure: 'Its migrations are no longer where they were.', path: null }
  const replay = await database().replay(requestOf(opened), options)
  const failed = replay.migrations.find(
    ({ path, outcome }) => outcome === 'failed' && !kept.choices.goOnAfter.includes(path),
  )
  if (failed) {
    return { failure: `${failed.path} fails: ${failed.failure?.problem.message ?? ''}`, path: failed.path }
  }
  const project = projectStore.getState()
  // What was exported elsewhere is no file here: it counts as drawn, or the merge would take it away.
  const base = schemaOfFolder(project, new Set(replay.migrations.map(({ path }) => nameOf(path))))
  const mine = documentStore.getState().document
  const known = schemaAfterKnown(replay, kept.services)
  const theirs = withSecretsOf(mine, alignReplayed({ document: replay.document, known }, { base, mine }))
  const sides = { base, mine, theirs }
  const patches = alignedPatches(
    replay.migrations.map(({ changes }) => changes),
    replay.document,
    theirs,
  )
  const migrations = replay.migrations.map((migration, index) =>
    replayedFile({ ...migration, changes: patches[index] ?? migration.changes }),
  )
  const result = rebase(sides, await printsOf(sides))
  return {
    result,
    read: { services, choices: kept.choices, watched: replay.read },
    stamps: folder.stamps,
    baseline: project.baseline,
    migrations,
  }
}

/** What the migrations had built when the last of those known before had run. */
function schemaAfterKnown({ start, migrations }: Replay, services: readonly Service[]): SchemaDocument {
  const known = new Set(services.flatMap((service) => service.migrations))
  const last = migrations.findLastIndex(({ path }) => known.has(path))
  return migrations.slice(0, last + 1).reduce((document, { changes }) => applyPatch(document, changes), start)
}

/** As PostgreSQL prints them; what it refuses, as written. */
async function printsOf(sides: Sides): Promise<Sides> {
  const printOf = async (document: SchemaDocument): Promise<SchemaDocument> => {
    const { canonical } = await database().canonicalize(document)
    return { ...document, objects: new Map([...document.objects, ...canonical.objects]) }
  }
  return {
    base: await printOf(sides.base),
    mine: await printOf(sides.mine),
    theirs: await printOf(sides.theirs),
  }
}

/** Decides one conflict. */
export function chooseSide(conflict: ObjectId, side: Side): void {
  const state = rebaseStore.getState()
  if (state.phase !== 'choosing') return
  rebaseStore.setState({ ...state, choices: new Map([...state.choices, [conflict, side]]) }, true)
}

/** Takes what was merged, as one edit that can be undone. */
export async function finishRebase(): Promise<RebaseOutcome | null> {
  const state = rebaseStore.getState()
  if (state.phase !== 'choosing') return null
  const { result, read, stamps, choices, baseline, migrations } = state
  const { document, fallen } = rebased(result, choices)
  const { mine, theirs } = result.sides
  const placed = await withPlaces(document)
  // Editing goes on while the files are read; a merge of what has been edited since would lose that.
  if (documentStore.getState().document !== mine || projectStore.getState().baseline !== baseline) {
    const failure = 'The schema was edited meanwhile. Read the files once more.'
    rebaseStore.setState({ phase: 'failed', failure, path: null }, true)
    return null
  }
  // What was exported into the folder is among its files by now; what was not is drawn and pending again.
  const names = new Set(migrations.map(({ path }) => nameOf(path)))
  const left = projectStore.getState().history.map((exported) => ({
    title: exported.title,
    isThere: isAmong(exported, names),
  }))
  const ledger = { baseline: theirs, replayed: migrations, history: [] }
  dispatchBoth('Take in changed files', placed, ledger)
  rebaseStore.setState(idle, true)
  await noteRead(read, baseline, stamps)
  await checkFolder()
  return { fallen: fallen.map(({ kind, name }) => `${kind} ${name}`), left }
}

/** What came without a place is put below what is there. */
async function withPlaces(document: SchemaDocument): Promise<SchemaDocument> {
  const unplaced = layoutGraph(document).nodes.filter(({ id }) => !document.diagram.has(id))
  if (unplaced.length === 0) return document
  const items = [...document.diagram.values()]
  const origin = {
    x: Math.min(0, ...items.map(({ x }) => x)),
    y: Math.max(0, ...items.map(({ y }) => y + roomBelow)),
  }
  const only = new Set(unplaced.map(({ id }) => id))
  return applyPatch(document, moveItems(document, await arrangedPlaces(document, { only, origin })))
}

/** In px: more than most tables are high. */
const roomBelow = 480

/** Leaves all as it is. */
export function cancelRebase(): void {
  run.cancel()
  rebaseStore.setState(idle, true)
}
