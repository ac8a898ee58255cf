import { isForeignKey } from '../../kinds/foreign-key/foreign-key.kind.ts'
import { isTable, type Table } from '../../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../../model/document.ts'
import type { ObjectId } from '../../model/object.ts'
import { type Schema, schemaOf } from '../../model/schema.ts'
import { tablesInInsertOrder } from '../../sample-data/insert-order.ts'
import { detectStyle } from '../folder/detect-style.ts'
import type { FileChange } from '../folder/file-change.ts'
import type { Service } from '../folder/find-services.ts'
import { type FolderFiles, joinPath, nameOf, pathIn, textOf } from '../folder/folder-files.ts'
import { migrationsIn } from '../folder/migration-names.ts'
import { nextNames } from '../folder/next-names.ts'
import type { FolderStyle } from '../folder/style.ts'
import type { EditedText } from '../model-files/edited-text.ts'
import { sourceOf } from '../model-files/js-structure.ts'
import { ownSource, signed } from '../model-files/signature.ts'
import { editSeed } from './edit-seed.ts'
import { type RowsCall, rowsCalls } from './find-rows.ts'
import { linksOf, loopsOf } from './seed-links.ts'
import type { SeedRows } from './seed-rows.ts'
import type { SeedStep } from './seed-step.ts'
import { qualifiedTable, tableKey, tablesByKey } from './seed-table.ts'
import { tableChanges } from './table-changes.ts'
import { writeSeed } from './write-seed.ts'

/** What the seeds of a folder are to follow. */
export interface SeedFilesRequest {
  readonly files: FolderFiles
  readonly service: Pick<Service, 'root' | 'seedersFolder'>
  /** What the migrations build, and what they will with the next one. */
  readonly from: SchemaDocument
  readonly to: SchemaDocument
  /** Whether all tables get rows that no seed fills, not new ones alone. */
  readonly everyTable: boolean
  /** How the folder's migrations are written: its seeds, where it has none yet. */
  readonly style: FolderStyle
}

/** What is to be done before the files can be written: their rows are those that PostgreSQL takes. */
export interface SeedPlan {
  /** The changes that are known by now: in a person's own files, and files that go. */
  readonly changes: readonly FileChange[]
  readonly steps: readonly SeedStep[]
  readonly present: readonly PresentSeed[]
  /** How new seeds are written. */
  readonly style: FolderStyle
}

/** Where the seeds of a service are, or will be. */
export function seedersFolderOf({ root, seedersFolder }: SeedFilesRequest['service']): string {
  return seedersFolder ?? joinPath(root, 'seeders') ?? 'seeders'
}

interface PresentSeed {
  readonly path: string
  readonly text: string
  /** Keys of the tables whose rows it puts in or takes out. */
  readonly tables: ReadonlySet<string>
  /** Keys of the tables of which it changes rows that are there. */
  readonly updated: ReadonlySet<string>
  /** The one table of a file that Relata wrote and nobody changed since. */
  readonly own: Table | null
}

function presentSeeds({ files, service, from }: SeedFilesRequest): readonly PresentSeed[] {
  const byKey = tablesByKey(schemaOf(from))
  return migrationsIn(files, seedersFolderOf(service)).migrations.map((path) => {
    const text = textOf(files, path) ?? ''
    const calls = callsIn(text)
    const isUpdate = ({ method }: RowsCall) => method === 'bulkUpdate'
    const tables = new Set(calls.filter((call) => !isUpdate(call)).map(({ table }) => tableKey(table)))
    const updated = new Set(calls.filter(isUpdate).map(({ table }) => tableKey(table)))
    const [first, ...more] = tables
    const isOwn = ownSource(text) !== null && first !== undefined && more.length === 0
    return { path, text, tables, updated, own: isOwn ? (byKey.get(first) ?? null) : null }
  })
}

function callsIn(text: string): readonly RowsCall[] {
  const source = sourceOf(text)
  return source ? rowsCalls(source) : []
}

/**
 * How the seeds of a folder follow an edit of the schema: in a person's own files just what the edit changes; those that
 * Relata wrote are filled anew where their table changes; new tables get some, and empty ones that they refer to.
 */
export function planSeedFiles(request: SeedFilesRequest): SeedPlan {
  const [from, to] = [schemaOf(request.from), schemaOf(request.to)]
  const present = presentSeeds(request)
  const changes = tableChanges(from, to)
  const named = [...changes.values()].map((change) => ({
    ...change,
    old: qualifiedTable(change.before, from),
    now: change.after && qualifiedTable(change.after, to),
  }))
  const style = styleOf(request, present)
  const known: FileChange[] = []
  const steps: SeedStep[] = []
  const seeded = new Set(present.flatMap(({ tables }) => [...tables]))
  const fresh = tablesToSeed(from, to, request.everyTable || present.length === 0).filter(
    (table) => !seeded.has(tableKey(qualifiedTable(table, to))),
  )
  const ours = new Set([...fresh.map(({ id }) => id), ...present.flatMap(({ own }) => own?.id ?? [])])
  const fill = (table: Table, onlyIfEmpty: boolean) =>
    steps.push({
      type: 'fill',
      table: qualifiedTable(table, to),
      onlyIfEmpty,
      links: linksOf(table, to, ours),
      loops: loopsOf(table, to, ours),
    })
  const changed = new Set(named.map(({ old }) => tableKey(old)))
  for (const { path, text, own, updated } of present) {
    const after = own && to.find(own.id, isTable)
    if (own && !after) known.push({ path, owner: 'ours', before: text, after: null, byHand: [] })
    else if (after && (changes.has(after.id) || [...updated].some((key) => changed.has(key)))) {
      fill(after, false)
    } else {
      steps.push({ type: 'run', path })
      const unchanged: EditedText = { text, byHand: [] }
      const result = own
        ? unchanged
        : named.reduce((file, change) => editSeed(file, change, style), unchanged)
      if (result.text !== text || result.byHand.length > 0) {
        known.push({ path, owner: 'theirs', before: text, after: result.text, byHand: result.byHand })
      }
    }
  }
  for (const table of fresh) fill(table, true)
  return { changes: known, steps, present, style }
}

function styleOf({ files, service, style }: SeedFilesRequest, present: readonly PresentSeed[]): FolderStyle {
  const migrations = present.map(({ path }) => path)
  return migrations.length === 0 ? style : detectStyle(files, { root: service.root, migrations }).style
}

/** New tables and all that they refer to, or every table; referenced ones first. */
function tablesToSeed(from: Schema, to: Schema, every: boolean): readonly Table[] {
  const wanted = new Set<ObjectId>()
  const want = (id: ObjectId) => {
    if (wanted.has(id)) return
    wanted.add(id)
    for (const key of to.childrenOf(id, isForeignKey)) want(key.referencedTable)
  }
  for (const { id } of to.all(isTable)) if (every || !from.find(id, isTable)) want(id)
  return tablesInInsertOrder(to).filter(({ id }) => wanted.has(id))
}

/** All changes of a plan, by the rows that its steps to fill were given. Files that stay as they are are left out. */
export function writeSeedFiles(
  request: SeedFilesRequest,
  { changes, present, style }: SeedPlan,
  filled: readonly SeedRows[],
  stamp: Date,
): readonly FileChange[] {
  const { files, service } = request
  const schema = schemaOf(request.to)
  const folder = seedersFolderOf(service)
  const byKey = tablesByKey(schema)
  const found = filled.flatMap((rows) => {
    const table = byKey.get(tableKey(rows.table))
    return table && rows.rows.length > 0 ? [{ table, rows }] : []
  })
  const anew = found.flatMap(({ table, rows }): readonly FileChange[] => {
    const file = present.find(({ own }) => own?.id === table.id)
    const after = signed(writeSeed(table, rows, schema, style))
    return file && file.text !== after
      ? [{ path: file.path, owner: 'ours', before: file.text, after, byHand: [] }]
      : []
  })
  const { migrations, others } = migrationsIn(files, folder)
  const fresh = found.filter(({ table }) => !present.some(({ own }) => own?.id === table.id))
  const { names } = nextNames({
    titles: fresh.map(({ table }) => `demo ${table.name}`),
    style,
    stamp,
    present: [...migrations, ...others].map(nameOf),
    taken: [],
  })
  const added = fresh.map(({ table, rows }, at): FileChange => {
    const after = signed(writeSeed(table, rows, schema, style))
    return {
      path: pathIn(folder, names[at] ?? `${table.name}.${style.ending}`),
      owner: 'new',
      before: null,
      after,
      byHand: [],
    }
  })
  return [...changes, ...anew, ...added]
}
