import { resolve } from 'node:path'
import { documentSql } from '../core/ddl/ddl-of-document.ts'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { applyPatch } from '../core/model/patch.ts'
import { environmentOf } from '../core/sequelize/folder/environment.ts'
import { findServices, type Service } from '../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../core/sequelize/folder/folder-files.ts'
import type { DatabaseApi } from '../database/api.ts'
import type { MigrationFailure, Replay, ReplayedMigration } from '../database/replay/replay.ts'
import { Exit, exitCodes } from './exit-codes.ts'
import { type ComparedModels, isWithoutDrift, modelLines, modelSummary } from './model-report.ts'
import { type Invocation, listOption, textOption } from './options.ts'
import { readFolder } from './read-folder.ts'
import { projectText } from './read-schema.ts'
import { importReportLines, problemLines } from './report.ts'
import { count, emit, readText, type Terminal } from './terminal.ts'

/** `relata open`: runs a folder's migrations from nothing; the schema on standard output, the rest on standard error. */
export async function runOpen(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const [folder = ''] = invocation.inputs
  const files = readFolder(folder)
  const services = chosenServices(findServices(files), listOption(invocation, 'service'), folder)
  for (const service of services) terminal.note(serviceLine(service))
  const base = textOption(invocation, 'base')
  const isWanted = (flag: string) => invocation.options[flag] === true
  const replay = await database.replay({
    files,
    services,
    root: resolve(folder),
    environment: environmentFrom(listOption(invocation, 'env')),
    onFailure: isWanted('skip-failing') ? 'go-on' : 'stop',
    undo: isWanted('undo'),
    ...limitFrom(invocation),
    ...(base === null ? {} : { base: readText(base) }),
  })
  for (const line of replayLines(replay)) terminal.note(line)
  const models = isWanted('models') ? await modelsOf(files, services, replay, invocation, database) : null
  if (models) for (const line of modelLines(models)) terminal.note(line)
  const format = textOption(invocation, 'format') ?? 'ddl'
  emit(textOf(replay, format, folder, models), textOption(invocation, 'output'), terminal)
  const isDone = isWhole(replay) && (models === null || isWithoutDrift(models))
  return isDone ? exitCodes.done : exitCodes.failed
}

function limitFrom(invocation: Invocation): { readonly timeLimitMilliseconds?: number } {
  const timeLimit = textOption(invocation, 'time-limit')
  if (timeLimit === null) return {}
  if (!(Number(timeLimit) > 0)) {
    throw new Exit(exitCodes.usage, `--time-limit takes seconds, not ${timeLimit}.`)
  }
  return { timeLimitMilliseconds: Number(timeLimit) * 1000 }
}

async function modelsOf(
  files: FolderFiles,
  services: readonly Service[],
  replay: Replay,
  invocation: Invocation,
  database: DatabaseApi,
): Promise<ComparedModels> {
  const environment = environmentFrom(listOption(invocation, 'env'))
  const root = resolve(invocation.inputs[0] ?? '')
  const reading = await database.readModels({ files, services, environment, root, ...limitFrom(invocation) })
  return { reading, drift: await database.compareModels(replay.document, reading.models) }
}

function serviceLine({ name, migrationsFolder, migrations, others, unread }: Service): string {
  const beside = others.length > 0 ? `, ${count(others.length, 'other file')} beside them` : ''
  const guessed = unread.length > 0 ? `; .sequelizerc computes ${unread.join(', ')}, which was guessed` : ''
  return `${name}: ${count(migrations.length, 'migration')} in ${migrationsFolder}${beside}${guessed}`
}

/** All of them, or those that were named, in the order in which they were. */
function chosenServices(
  found: readonly Service[],
  names: readonly string[],
  folder: string,
): readonly Service[] {
  if (found.length === 0) throw new Exit(exitCodes.noInput, `There are no migrations in ${folder}.`)
  if (names.length === 0) return found
  return names.map((name) => {
    const service = found.find((one) => [one.name, one.root, one.migrationsFolder].includes(name))
    if (service) return service
    const known = found.map((one) => one.name).join(', ')
    throw new Exit(exitCodes.usage, `There is no service ${name} in ${folder}. There are: ${known}.`)
  })
}

function environmentFrom(settings: readonly string[]): Readonly<Record<string, string>> {
  const { values, refused } = environmentOf(settings)
  const [setting] = refused
  if (setting !== undefined) throw new Exit(exitCodes.usage, `--env takes NAME=value, not ${setting}.`)
  return values
}

function isWhole({ migrations, undo, problems }: Replay): boolean {
  const all = [...migrations, ...(undo?.migrations ?? [])]
  return all.every(({ failure }) => !failure) && problems.every(({ severity }) => severity !== 'error')
}

function textOf(replay: Replay, format: string, folder: string, models: ComparedModels | null): string {
  const document = replay.undo?.document ?? replay.document
  if (format === 'ddl') return documentSql(document)
  if (format === 'project') return projectText(resolve(folder), document)
  return `${JSON.stringify({ ...summaryOf(replay, document), ...(models ? modelSummary(models) : {}) }, null, 2)}\n`
}

/** What a script wants to know. */
function summaryOf(replay: Replay, document: SchemaDocument): object {
  const { start, postgres, sequelize, milliseconds, missingExtensions, problems, base } = replay
  const histories = { migrations: replay.migrations, undone: replay.undo?.migrations }
  let before = start
  return {
    postgres,
    sequelize,
    milliseconds,
    ...(base ? { base } : {}),
    missingExtensions,
    problems,
    ...Object.fromEntries(
      Object.entries(histories).map(([name, migrations]) => [
        name,
        migrations?.map((migration) => {
          const after = applyPatch(before, migration.changes)
          const changes = diffDocuments(before, after)
          before = after
          const { statements, changes: _patch, ...rest } = migration
          return {
            ...rest,
            statements: statements.length,
            changes: changes.map((change) => {
              const object = change.type === 'removed' ? change.from : change.to
              return `${change.type} ${object.kind} ${object.name}`
            }),
          }
        }),
      ]),
    ),
    ddl: documentSql(document),
  }
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
  'noted-before': 'did not run: an earlier file has its name',
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
