import { sameValue } from '../core/model/equality.ts'
import { noModels } from '../core/sequelize/models/model-facts.ts'
import type { Replay } from '../database/replay/replay.ts'
import { type CallOptions, database } from './database.ts'
import { chosenServices, databasesOf, type Opened, requestOf } from './folder-choices.ts'
import type { FolderModels } from './model-drift.ts'

/** What the migrations built on one database, or why that is not known. */
export interface FolderRun {
  /** What ran on it. */
  readonly opened: Opened
  /** Of the service that it belongs to, or of the folder. */
  readonly name: string
  readonly result: FolderResult | { readonly failure: string }
}

interface FolderResult {
  readonly replay: Replay
  readonly models: FolderModels
}

/**
 * Runs the migrations from nothing, each database by itself. Those that `before` holds as they would run again are kept.
 * Where several run, one that breaks off does not keep the others from running.
 */
export async function runDatabases(
  opened: Opened,
  options: CallOptions,
  before: readonly FolderRun[] = [],
): Promise<readonly FolderRun[]> {
  const runs: FolderRun[] = []
  const all = databasesOf(opened)
  for (const [at, one] of all.entries()) {
    const known = before.find((run) => stays(run, one))
    runs.push(known ?? (await runOne(one, options, all.length === 1 ? null : `${at + 1} of ${all.length}`)))
  }
  return runs
}

/** Whether it ran to its end as it would run now. */
function stays({ opened, result }: FolderRun, { folder, choices }: Opened): boolean {
  return !('failure' in result) && opened.folder === folder && sameValue(opened.choices, choices)
}

/** `place`: which of several it is; null: there are no others, and a break throws. */
async function runOne(opened: Opened, options: CallOptions, place: string | null): Promise<FolderRun> {
  if (place === null) {
    return { opened, name: opened.folder.name, result: await replayAndCompare(opened, options) }
  }
  const name = chosenServices(opened)[0]?.name ?? opened.folder.name
  const onProgress: CallOptions['onProgress'] = ({ phase, ...progress }) =>
    options.onProgress?.({ ...progress, phase: `${name}, ${place}: ${phase}` })
  try {
    return { opened, name, result: await replayAndCompare(opened, { ...options, onProgress }) }
  } catch (error) {
    if (options.signal?.aborted) throw error
    return { opened, name, result: { failure: error instanceof Error ? error.message : String(error) } }
  }
}

/** The models are compared with what the migrations built, as far as they did. */
async function replayAndCompare(opened: Opened, options: CallOptions): Promise<FolderResult> {
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
