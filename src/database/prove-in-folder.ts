import { withSecretsOf } from '../core/commands/stored-passwords.ts'
import { alignDocuments } from '../core/diff/align-documents.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import type { CallOptions, DatabaseApi, ProofPhase } from './api.ts'
import type { ReplayRequest } from './replay/replay.ts'

export interface ProofInFolder {
  /** The folder with the next migration in its place. */
  readonly request: ReplayRequest
  /** The files of that migration. */
  readonly next: readonly string[]
  /** What the folder is to build. */
  readonly to: SchemaDocument
  /** Gives a schema that was read from the folder ids of its own; by default it has them. */
  readonly withOwnIds?: (document: SchemaDocument) => SchemaDocument
}

/**
 * Runs all services of a folder from nothing, in their order, with the next migration in its place: those behind it may
 * need what it changes, and what they build is not there yet when it runs.
 */
export async function proveInFolder(
  database: Pick<DatabaseApi, 'replay' | 'plan'>,
  { request, next, to, withOwnIds = (document) => document }: ProofInFolder,
  options: CallOptions = {},
): Promise<ProofPhase> {
  const replay = await database.replay({ ...request, undo: false }, options)
  const { onFailure, goOnAfter = [] } = request
  const failed = replay.migrations.find(
    ({ path, failure }) =>
      failure && (next.includes(path) || (onFailure === 'stop' && !goOnAfter.includes(path))),
  )
  const phase = { name: 'whole folder', milliseconds: replay.milliseconds, differences: [] } as const
  if (failed?.failure) {
    const { problem } = failed.failure
    return { ...phase, problem: { ...problem, message: `${failed.path} fails: ${problem.message}` } }
  }
  const left = await database.plan(
    withSecretsOf(to, alignDocuments(to, withOwnIds(replay.document))),
    to,
    options,
  )
  if (left.up.length === 0 && left.refusals.length === 0) return phase
  const steps = [...left.up.map(({ title }) => title), ...left.refusals.map(({ message }) => message)]
  const problem: Problem = {
    code: 'other-schema',
    severity: 'error',
    source: 'Migration',
    message: `From nothing the folder builds another schema. Left to do: ${steps.join(', ')}`,
  }
  return { ...phase, problem }
}
