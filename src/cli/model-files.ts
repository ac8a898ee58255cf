import type { SchemaDocument } from '../core/model/document.ts'
import { detectStyle } from '../core/sequelize/folder/detect-style.ts'
import type { FileChange } from '../core/sequelize/folder/file-change.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { pathIn } from '../core/sequelize/folder/folder-files.ts'
import { proposeModelFiles } from '../core/sequelize/model-files/propose-model-files.ts'
import type { DatabaseApi } from '../database/api.ts'
import { checkModelFiles } from '../database/check-model-files.ts'
import { changeLines } from './folder-changes.ts'
import type { ReplayedFolder } from './replay-folder.ts'
import type { Terminal } from './terminal.ts'

export interface ModelFilesToWrite {
  readonly database: DatabaseApi
  readonly terminal: Terminal
  readonly replayed: ReplayedFolder
  /** Whose models they are. */
  readonly service: Service
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
  service,
  from,
  to,
  editsTheirs,
}: ModelFilesToWrite): Promise<readonly FileChange[]> {
  const { files, request } = replayed
  const { environment = {}, root } = request
  const asked = { environment, ...(root === undefined ? {} : { root }) }
  const reading = await database.readModels({ ...asked, files, services: [service] })
  const code = detectStyle(files, service).style
  const proposed = proposeModelFiles({ files, service, models: reading.models, from, to, code })
  const changes = proposed.filter(({ owner }) => owner !== 'theirs' || editsTheirs)
  for (const line of proposed.flatMap((change) => changeLines(change, editsTheirs, '--edit-models'))) {
    terminal.note(line)
  }
  const modelsFolder = service.modelsFolder ?? pathIn(service.root, 'models')
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
