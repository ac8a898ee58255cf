import { resolve } from 'node:path'
import { databasesOfServices } from '../core/sequelize/folder/databases-of-services.ts'
import { environmentOf } from '../core/sequelize/folder/environment.ts'
import { findServices, type Service } from '../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../core/sequelize/folder/folder-files.ts'
import type { DatabaseApi } from '../database/api.ts'
import type { MigrationFailure, Replay, ReplayedMigration, ReplayRequest } from '../database/replay/replay.ts'
import { chosenServices } from './chosen-services.ts'
import { Exit, exitCodes } from './exit-codes.ts'
import { type Invocation, listOption, textOption } from './options.ts'
import { readFolder } from './read-folder.ts'
import { withPackages } from './read-packages.ts'
import { importReportLines, problemLines } from './report.ts'
import { count, readText, type Terminal } from './terminal.ts'

/** A folder of this machine whose migrations ran. */
export interface ReplayedFolder {
  readonly files: FolderFiles
  /** All that are in it. */
  readonly found: readonly Service[]
  /** Those that ran, in their order. */
  readonly services: readonly Service[]
  readonly replay: Replay
  /** As it was run, for another run. */
  readonly request: ReplayRequest
}

/** Runs the migrations of the folder that a person named from nothing, as the options say, and notes how it went. */
export async function replayFolder(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<ReplayedFolder> {
  const [folder = ''] = invocation.inputs
  const files = readFolder(folder, terminal.note)
  const root = resolve(folder)
  const environment = environmentFrom(listOption(invocation, 'env'))
  const found = findServices(files, await database.runSequelizercs({ files, root, environment }))
  const services = chosenServices(found, listOption(invocation, 'service'), folder)
  for (const service of services) terminal.note(serviceLine(service))
  if (databasesOfServices(files, services) === 'each') {
    terminal.note('Their configs name a database each; they run on one. --service runs one of them alone.')
  }
  const base = textOption(invocation, 'base')
  const timeLimit = textOption(invocation, 'time-limit')
  if (timeLimit !== null && !(Number(timeLimit) > 0)) {
    throw new Exit(exitCodes.usage, `--time-limit takes seconds, not ${timeLimit}.`)
  }
  const isWanted = (flag: string) => invocation.options[flag] === true
  const request: ReplayRequest = {
    files: withPackages(folder, files, services),
    services,
    root,
    environment,
    onFailure: isWanted('skip-failing') ? 'go-on' : 'stop',
    undo: isWanted('undo'),
    ...(timeLimit === null ? {} : { timeLimitMilliseconds: Number(timeLimit) * 1000 }),
    ...(base === null ? {} : { base: readText(base) }),
  }
  const replay = await database.replay(request)
  for (const line of replayLines(replay)) terminal.note(line)
  return { files, found, services, replay, request }
}

/** Whether every file ran, and all that they made could be read. */
export function isWhole({ migrations, undo, problems }: Replay): boolean {
  const all = [...migrations, ...(undo?.migrations ?? [])]
  return all.every(({ failure }) => !failure) && problems.every(({ severity }) => severity !== 'error')
}

function serviceLine(service: Service): string {
  const { name, migrationsFolder, migrations, others, unread, rcFailure } = service
  const beside = others.length > 0 ? `, ${count(others.length, 'other file')} beside them` : ''
  const guessed = unread.length > 0 ? `; .sequelizerc computes ${unread.join(', ')}, which was guessed` : ''
  const failed = rcFailure === undefined ? '' : `; .sequelizerc was read, not run: ${rcFailure}`
  return `${name}: ${count(migrations.length, 'migration')} in ${migrationsFolder || '.'}${beside}${guessed}${failed}`
}

function environmentFrom(settings: readonly string[]): Readonly<Record<string, string>> {
  const { values, refused } = environmentOf(settings)
  const [setting] = refused
  if (setting !== undefined) throw new Exit(exitCodes.usage, `--env takes NAME=value, not ${setting}.`)
  return values
}

function replayLines(replay: Replay): readonly string[] {
  const { migrations, undo, base, missingExtensions, problems, milliseconds } = replay
  const ran = migrations.filter(({ outcome }) => outcome === 'ran').length
  const statements = migrations.reduce((sum, migration) => sum + migration.statements.length, 0)
  return [
    ...(base ? importReportLines(base) : []),
    ...migrations.flatMap((migration) => migrationLines(migration, 'up')),
    ...(undo?.migrations ?? []).flatMap((migration) => migrationLines(migration, 'down')),
    ...missingExtensions.map(
      ({ name, path, line }) =>
        `  warning: PostgreSQL in Relata has no extension ${name}, which ${path}${line ? `:${line}` : ''} asks for`,
    ),
    ...problems.map(({ severity, message }) => `  ${severity}: ${message}`),
    `${ran} of ${count(migrations.length, 'migration')} ran, ${count(statements, 'statement')} in ${(milliseconds / 1000).toFixed(1)} s.`,
  ]
}

const outcomeWords: Readonly<Record<ReplayedMigration['outcome'], string>> = {
  ran: '',
  failed: 'failed',
  'left-out': 'was left out',
  'noted-before': 'did not run: its name is noted as done',
  'not-reached': 'was not reached',
}

/** Nothing for what simply ran. */
function migrationLines({ path, outcome, failure }: ReplayedMigration, direction: string): readonly string[] {
  if (outcome === 'ran') return []
  const what = `${direction === 'down' ? 'undo of ' : ''}${path}`
  return [`  ${what} ${outcomeWords[outcome]}`, ...(failure ? failureLines(failure) : [])]
}

const faults: Readonly<Record<MigrationFailure['fault'], string>> = {
  migration: 'it would fail on a server too',
  relata: 'it may run where Node and a server are',
  unknown: 'it may run on a server',
}

function failureLines({ problem, place, fault }: MigrationFailure): readonly string[] {
  return [
    ...problemLines(problem, '    '),
    ...(place ? [`      at ${place.path}:${place.line}`] : []),
    `      ${faults[fault]}`,
  ]
}
