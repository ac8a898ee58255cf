import type { FileChange } from '../core/sequelize/folder/file-change.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { type FolderFiles, nameOf } from '../core/sequelize/folder/folder-files.ts'
import { migrationsIn } from '../core/sequelize/folder/migration-names.ts'
import {
  planSeedFiles,
  type SeedFilesRequest,
  seedersFolderOf,
  writeSeedFiles,
} from '../core/sequelize/seed-files/propose-seed-files.ts'
import type { QualifiedTable } from '../core/sequelize/seed-files/seed-table.ts'
import { defaultSchemaName } from '../core/sql/names.ts'
import type { CallOptions, DatabaseApi } from './api.ts'
import { withChanges } from './check-model-files.ts'
import type { MigrationFailure, ReplayRequest, SeedRun } from './replay/replay.ts'

export interface SeedFilesToPropose extends SeedFilesRequest {
  readonly service: Service
  /** The folder as it is run, with the next migration. */
  readonly request: ReplayRequest
  readonly stamp: Date
}

export interface ProposedSeedFiles {
  readonly changes: readonly FileChange[]
  /** Tables for which no row was found that PostgreSQL takes, and why the last was refused. */
  readonly unfilled: readonly { readonly table: string; readonly refusal: string }[]
}

/**
 * The files of a folder's seeds as they follow the next migration. New rows are made up in the database that all
 * migrations and the present seeds have built, where PostgreSQL takes them.
 */
export async function proposeSeedFiles(
  database: Pick<DatabaseApi, 'replay'>,
  { request, stamp, ...seeds }: SeedFilesToPropose,
  options: CallOptions = {},
): Promise<ProposedSeedFiles> {
  const plan = planSeedFiles(seeds)
  if (!plan.steps.some(({ type }) => type === 'fill')) return { changes: plan.changes, unfilled: [] }
  const files = withChanges(request.files, plan.changes)
  const { service } = seeds
  const replay = await database.replay(
    { ...request, undo: false, files, seeds: { service, steps: plan.steps, again: false } },
    options,
  )
  const filled = replay.seeds?.filled ?? []
  return {
    changes: writeSeedFiles(seeds, plan, filled, stamp),
    unfilled: filled.flatMap(({ table, refusal }) =>
      refusal === null ? [] : [{ table: pathOf(table), refusal }],
    ),
  }
}

function pathOf({ schema, name }: QualifiedTable): string {
  return schema === null || schema === defaultSchemaName ? name : `${schema}.${name}`
}

export interface SeedFilesToCheck {
  readonly request: ReplayRequest
  readonly service: Service
  /** Those that are to be written. */
  readonly changes: readonly Pick<FileChange, 'path' | 'after'>[]
}

/** A file of seeds that did not do what it is for. */
export interface SeedProblem {
  readonly path: string
  readonly phase: SeedRun['phase']
  readonly message: string
  readonly place?: MigrationFailure['place']
}

/** What became of a folder's seeds with the changed ones among them: all up, all down, all up again. */
export interface CheckedSeedFiles {
  /** Of the changed files: without one they are proved. */
  readonly problems: readonly SeedProblem[]
  /** Of those that stay as they are. */
  readonly others: readonly SeedProblem[]
  /** Rows that the changed files put in. */
  readonly rows: number
}

/** Runs all seeds of a folder on what its migrations build, as they would be with the changes. */
export async function checkSeedFiles(
  database: Pick<DatabaseApi, 'replay'>,
  { request, service, changes }: SeedFilesToCheck,
  options: CallOptions = {},
): Promise<CheckedSeedFiles> {
  const files = withChanges(request.files, changes)
  const paths = seedPaths(files, service)
  const steps = paths.map((path) => ({ type: 'run', path }) as const)
  const replay = await database.replay(
    { ...request, undo: false, files, seeds: { service, steps, again: true } },
    options,
  )
  const runs = replay.seeds?.runs ?? []
  const problems = paths.flatMap((path) => problemsOf(runs.filter((run) => run.path === path)))
  const changed = new Set(changes.map(({ path }) => path))
  const failed = replay.migrations.find(({ failure }) => failure)
  const rows = runs.filter(({ path, phase }) => phase === 'up' && changed.has(path))
  return {
    problems: [
      ...(failed?.failure && !goesOn(request, failed.path)
        ? [{ path: failed.path, phase: 'up' as const, message: failed.failure.problem.message }]
        : []),
      ...problems.filter(({ path }) => changed.has(path)),
    ],
    others: problems.filter(({ path }) => !changed.has(path)),
    rows: rows.reduce((sum, run) => sum + run.rows, 0),
  }
}

function goesOn({ onFailure, goOnAfter = [] }: ReplayRequest, path: string): boolean {
  return onFailure === 'go-on' || goOnAfter.includes(path)
}

function seedPaths(files: FolderFiles, service: Service): readonly string[] {
  return migrationsIn(files, seedersFolderOf(service)).migrations
}

/** A failure, and rows that do not go or come as they came. */
function problemsOf(runs: readonly SeedRun[]): readonly SeedProblem[] {
  const failed = runs.find(({ failure }) => failure)
  if (failed?.failure) {
    const { path, phase, failure } = failed
    const { problem, place } = failure
    return [{ path, phase, message: problem.message, ...(place ? { place } : {}) }]
  }
  const first = runs.find(({ phase }) => phase === 'up')?.rows ?? 0
  const wrong = runs.find(({ phase, rows }) => rows !== (phase === 'down' ? -first : first))
  if (!wrong) return []
  const { path, phase, rows } = wrong
  const message =
    phase === 'down'
      ? `of ${first} rows that ${nameOf(path)} puts in, its down takes ${-rows} away`
      : `${nameOf(path)} puts ${rows} rows in again, not ${first}`
  return [{ path, phase, message }]
}
