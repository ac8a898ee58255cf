import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { withSecretsOf } from '../core/commands/stored-passwords.ts'
import { alignDocuments, withIds } from '../core/diff/align-documents.ts'
import { isCatalogFile } from '../core/import/source-format.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectId } from '../core/model/object.ts'
import { initialSettings } from '../core/project/migration-settings.ts'
import type { Project } from '../core/project/project.ts'
import { writeProject } from '../core/project/project-file.ts'
import { readProject } from '../core/project/read-project.ts'
import { noModels } from '../core/sequelize/models/model-facts.ts'
import type { DatabaseApi, ImportReport } from '../database/api.ts'
import { importDatabase } from '../database/server/live-database.ts'
import { placeOf } from '../database/server/server-place.ts'
import { Exit, exitCodes } from './exit-codes.ts'
import { importReportLines, problemLines } from './report.ts'
import { readText, type Terminal } from './terminal.ts'

/** A schema that a command works on, and what its import said; null for one that was not imported. */
export interface ReadSchema {
  readonly document: SchemaDocument
  readonly report: ImportReport | null
}

/**
 * Reads a database in use by its address, a project by its name's end, `-` as the empty schema, anything else as what
 * it looks like: SQL that PostgreSQL runs, a catalogue, DBML, a Prisma schema.
 */
export async function readSchema(path: string, database: DatabaseApi): Promise<ReadSchema> {
  if (path === '-') return { document: await emptySchema(database), report: null }
  if (placeOf(path) !== null || /^\w+:\/\//.test(path)) return readLive(path)
  const text = readText(path)
  if (isProjectPath(path) && !isCatalogFile(text))
    return { document: projectOf(path, text).document, report: null }
  const { document, report } = await database.importSource({ name: basename(path), text })
  return { document: withIds(document, idsFrom(text, document)), report }
}

async function readLive(address: string): Promise<ReadSchema> {
  let made = 0
  const newId = () => {
    made += 1
    return `${made}`
  }
  const read = await importDatabase(address, { newId })
  if ('reason' in read) throw new Exit(exitCodes.unavailable, read.reason)
  const { document, report } = read
  const content = JSON.stringify([...document.objects.values()])
  return { document: withIds(document, idsFrom(content, document)), report }
}

/** Ids that follow from the source: importing it again gives the same project, another source shares none of them. */
function idsFrom(source: string, document: SchemaDocument): ReadonlyMap<ObjectId, ObjectId> {
  const seed = createHash('sha256').update(source).digest('hex')
  const id = (index: number) => createHash('sha256').update(`${seed} ${index}`).digest('hex').slice(0, 16)
  return new Map([...document.objects.keys()].map((old, index) => [old, id(index)]))
}

/**
 * The two ends of a migration, the same objects under the same ids. What the first database refuses, for an extension
 * that it does not have, the next one may take.
 */
export async function readEnds(
  [fromPath = '', toPath = '']: readonly string[],
  databases: readonly DatabaseApi[],
  terminal: Terminal,
): Promise<{ readonly from: SchemaDocument; readonly to: SchemaDocument }> {
  const from = await readWholeSchema(fromPath, databases, terminal)
  const to = await readWholeSchema(toPath, databases, terminal)
  return { from, to: alignDocuments(from, to) }
}

/**
 * Reads a schema that a migration starts from or leads to. What PostgreSQL refused is not in the document, so a plan
 * made from it would be wrong: the command ends with the reasons.
 */
async function readWholeSchema(
  path: string,
  databases: readonly DatabaseApi[],
  terminal: Terminal,
): Promise<SchemaDocument> {
  let said: ImportReport | null = null
  for (const database of databases) {
    const { document, report } = await readSchema(path, database)
    if (!report?.objects.some(({ outcome }) => outcome === 'refused')) return document
    said = report
  }
  const name = placeOf(path) ?? path
  if (said) terminal.note(`${name}: ${importReportLines(said).join('\n')}`)
  throw new Exit(exitCodes.refused, `${name} is not wholly understood; nothing is planned from a part of it.`)
}

/**
 * The schema that a folder is to build, and what it builds under the same ids. A project file says which of its objects
 * was which before, so that a renamed one is not dropped.
 */
export async function readWanted(
  path: string,
  built: SchemaDocument,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<{ readonly from: SchemaDocument; readonly to: SchemaDocument }> {
  const own = withOwnIds(built)
  const text = isProjectPath(path) ? readText(path) : null
  if (text === null || isCatalogFile(text)) {
    const to = await readWholeSchema(path, [database], terminal)
    return { from: own, to: alignDocuments(own, to) }
  }
  const { baseline, document } = projectOf(path, text)
  const from = alignDocuments(baseline, own)
  const to = alignDocuments(from, document)
  return { from: withSecretsOf(to, from), to }
}

/** Under ids that no other document has: those of a replay follow from its files' names, so that two share them by chance. */
export function withOwnIds(document: SchemaDocument): SchemaDocument {
  return withIds(document, new Map([...document.objects.keys()].map((id) => [id, `built ${id}`])))
}

function isProjectPath(path: string): boolean {
  return placeOf(path) === null && path.endsWith('.json')
}

/** What an empty database holds: the schema public. */
async function emptySchema(database: DatabaseApi): Promise<SchemaDocument> {
  return (await database.importSql('')).document
}

/** A project file. Ends the command when it cannot be read without loss. */
function projectOf(path: string, text: string): Project {
  const { value, problems } = readProject(text)
  if (value) return value
  const reasons = problems.flatMap((problem) => problemLines(problem, '  '))
  throw new Exit(exitCodes.refused, `${path} is not a project that can be opened.\n${reasons.join('\n')}`)
}

/** A project file's text around an imported schema, named after the file it came from. */
export function projectText(path: string, document: SchemaDocument): string {
  const file = placeOf(path) === null ? path : new URL(path).pathname
  const name = basename(file).replace(/(\.relata)?\.\w+$/, '')
  return writeProject({
    id: name,
    name,
    document,
    baseline: document,
    replayed: [],
    models: noModels,
    history: [],
    reopened: [],
    migration: initialSettings,
    queries: [],
  })
}
