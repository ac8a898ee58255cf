import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaDocument } from '../core/model/document.ts'
import { detectStyle } from '../core/sequelize/folder/detect-style.ts'
import { type ModelFileChange, proposeModelFiles } from '../core/sequelize/model-files/propose-model-files.ts'
import type { DatabaseApi } from '../database/api.ts'
import { checkModelFiles } from '../database/check-model-files.ts'
import type { ReplayedFolder } from './replay-folder.ts'
import { emitFiles, type Terminal } from './terminal.ts'
import { textDiff } from './text-diff.ts'

export interface ModelFilesToWrite {
  readonly database: DatabaseApi
  readonly terminal: Terminal
  readonly replayed: ReplayedFolder
  readonly from: SchemaDocument
  readonly to: SchemaDocument
  /** Whether files that a person wrote or changed are edited too. */
  readonly editsTheirs: boolean
}

/**
 * The files of models that follow the migration, which the real Sequelize has loaded and PostgreSQL compared. What is a
 * person's own is shown, and among the result only where that was asked for.
 */
export async function nextModelFiles({
  database,
  terminal,
  replayed,
  from,
  to,
  editsTheirs,
}: ModelFilesToWrite): Promise<readonly ModelFileChange[]> {
  const { files, services, request } = replayed
  const service = services.at(-1)
  if (!service) throw new Error('No service was run')
  const { environment = {}, root } = request
  const asked = { environment, ...(root === undefined ? {} : { root }) }
  const reading = await database.readModels({ ...asked, files, services: [service] })
  const code = detectStyle(files, service).style
  const proposed = proposeModelFiles({ files, service, models: reading.models, from, to, code })
  const changes = proposed.filter(({ owner }) => owner !== 'theirs' || editsTheirs)
  for (const change of proposed) for (const line of linesOf(change, editsTheirs)) terminal.note(line)
  const modelsFolder = service.modelsFolder ?? (service.root === '' ? 'models' : `${service.root}/models`)
  const checked = await checkModelFiles(database, {
    ...asked,
    files,
    services: [{ ...service, modelsFolder }],
    changes,
    reading,
    from,
    to,
  })
  for (const { problem, place } of checked.problems) {
    terminal.note(`  ${place === null ? '' : `${place.path}:${place.line}: `}${problem.message}`)
  }
  for (const { message } of checked.drift) terminal.note(`  left to do: ${message}`)
  const isDone = checked.problems.length === 0 && checked.drift.length === 0
  if (isDone) terminal.note('Loaded by Sequelize, the models say what the schema will be.')
  return changes
}

function linesOf(
  { path, owner, before, after, byHand }: ModelFileChange,
  editsTheirs: boolean,
): readonly string[] {
  const hand = byHand.flatMap(({ what, code }) => [
    `  by hand: ${what}`,
    ...(code === null ? [] : code.split('\n').map((line) => `    | ${line}`)),
  ])
  if (owner !== 'theirs' || before === after) return hand.length === 0 ? [] : [path, ...hand]
  const note = editsTheirs ? '' : ' (not written: it is your own; --edit-models writes it)'
  return [`${path}${note}`, ...textDiff(before ?? '', after ?? '').map((line) => `  ${line}`), ...hand]
}

/** Writes them into the folder, or to standard output where it is null. */
export function emitModelFiles(
  changes: readonly ModelFileChange[],
  folder: string | null,
  terminal: Terminal,
): void {
  const kept = changes.flatMap(({ path, after, before }) =>
    after === null || after === before ? [] : [{ name: path, text: after }],
  )
  emitFiles(kept, folder, terminal)
  for (const { path, after } of changes) {
    if (after !== null || folder === null || !existsSync(join(folder, path))) continue
    rmSync(join(folder, path))
    terminal.note(`Removed ${join(folder, path)}`)
  }
}
