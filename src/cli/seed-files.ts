import type { SchemaDocument } from '../core/model/document.ts'
import { detectStyle } from '../core/sequelize/folder/detect-style.ts'
import type { FileChange } from '../core/sequelize/folder/file-change.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { withNext } from '../core/sequelize/folder/with-next.ts'
import type { NextFile } from '../core/sequelize/folder/write-next.ts'
import type { DatabaseApi } from '../database/api.ts'
import { checkSeedFiles, proposeSeedFiles, type SeedProblem } from '../database/seed-files.ts'
import { changeLines } from './folder-changes.ts'
import type { ReplayedFolder } from './replay-folder.ts'
import { count, type Terminal } from './terminal.ts'

export interface SeedFilesToWrite {
  readonly database: DatabaseApi
  readonly terminal: Terminal
  readonly replayed: ReplayedFolder
  /** Whose seeds they are. */
  readonly service: Service
  /** The next migration; empty: the seeds are written alone, and every table that none fills gets some. */
  readonly next: readonly NextFile[]
  readonly from: SchemaDocument
  readonly to: SchemaDocument
  /** Whether files that a person wrote or changed are edited too. */
  readonly editsTheirs: boolean
}

/**
 * The files of seeds that follow the migration, which have run behind it: up, down and up again. What is a person's own
 * is shown, and among the result only where that was asked for. Null, with the reasons noted, where one does not run.
 */
export async function nextSeedFiles({
  database,
  terminal,
  replayed,
  service,
  next,
  from,
  to,
  editsTheirs,
}: SeedFilesToWrite): Promise<readonly FileChange[] | null> {
  const { files, services } = replayed
  const request = { ...replayed.request, ...withNext({ files, services }, service.migrationsFolder, next) }
  const { style } = detectStyle(files, service)
  const stamp = new Date()
  const wanted = { request, files, service, from, to, style, stamp, everyTable: next.length === 0 }
  const { changes: proposed, unfilled } = await proposeSeedFiles(database, wanted)
  for (const { table, refusal } of unfilled) terminal.note(`  no rows for ${table}: ${refusal}`)
  for (const line of proposed.flatMap((change) => changeLines(change, editsTheirs, '--edit-seeds'))) {
    terminal.note(line)
  }
  const behind = next.length === 0 ? 'migrations' : 'migration'
  const changes = proposed.filter(({ owner }) => owner !== 'theirs' || editsTheirs)
  if (changes.length === 0) return changes
  const { problems, others, rows } = await checkSeedFiles(database, { request, service, changes })
  for (const problem of others) terminal.note(`  left to do: ${sentenceOf(problem)}`)
  if (problems.length > 0) {
    for (const problem of problems) terminal.note(`  ${sentenceOf(problem)}`)
    terminal.note(`The seeds do not run behind the ${behind}: nothing is written.`)
    return null
  }
  terminal.note(`The seeds ran up, down and up again behind the ${behind}, ${count(rows, 'row')}.`)
  return changes
}

function sentenceOf({ path, phase, message, place }: SeedProblem): string {
  const where = place ? `${place.path}:${place.line}` : path
  return `${where}: ${phase === 'up' ? '' : `${phase}: `}${message}`
}
