import { resolve } from 'node:path'
import { documentSql } from '../core/ddl/ddl-of-document.ts'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { applyPatch } from '../core/model/patch.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import type { DatabaseApi } from '../database/api.ts'
import type { Replay, ReplayRequest } from '../database/replay/replay.ts'
import { exitCodes } from './exit-codes.ts'
import { type ComparedModels, isWithoutDrift, modelLines, modelSummary } from './model-report.ts'
import { type Invocation, textOption } from './options.ts'
import { projectText } from './read-schema.ts'
import { isWhole, replayFolder } from './replay-folder.ts'
import { emit, type Terminal } from './terminal.ts'

/** `relata open`: runs a folder's migrations from nothing; the schema on standard output, the rest on standard error. */
export async function runOpen(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const [folder = ''] = invocation.inputs
  const { replay, request, services } = await replayFolder(invocation, database, terminal)
  const models =
    invocation.options.models === true ? await modelsOf(request, services, replay, database) : null
  if (models) for (const line of modelLines(models)) terminal.note(line)
  const format = textOption(invocation, 'format') ?? 'ddl'
  emit(textOf(replay, format, folder, models), textOption(invocation, 'output'), terminal)
  const isDone = isWhole(replay) && (models === null || isWithoutDrift(models))
  return isDone ? exitCodes.done : exitCodes.failed
}

async function modelsOf(
  { files, environment = {}, root, timeLimitMilliseconds: limit }: ReplayRequest,
  services: readonly Service[],
  replay: Replay,
  database: DatabaseApi,
): Promise<ComparedModels> {
  const reading = await database.readModels({
    files,
    services,
    environment,
    ...(root === undefined ? {} : { root }),
    ...(limit === undefined ? {} : { timeLimitMilliseconds: limit }),
  })
  const { drift } = await database.compareModels(replay.document, reading.models)
  return { reading, drift }
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
