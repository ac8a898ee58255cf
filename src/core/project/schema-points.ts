import type { SchemaDocument } from '../model/document.ts'
import { danglingObjects } from '../model/integrity.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import type { Project } from './project.ts'

type Past = Pick<Project, 'baseline' | 'replayed' | 'history'>

/** A migration that has run or was exported, as far as it leads from one schema to another. */
export interface PastMigration {
  /** What it does in a few words, or the name of its file. */
  readonly title: string
  /** Absent: not kept, so that nothing leads back beyond it. */
  readonly patch?: Patch
}

/** All migrations that lead to the baseline, oldest first: those of the folder, then those exported. */
export function pastMigrations({ replayed, history }: Omit<Past, 'baseline'>): readonly PastMigration[] {
  return [
    ...replayed.map(({ path, patch }) => ({ title: titleOfPath(path), patch })),
    ...history.map(({ title, made }) => ({ title, ...(made ? { patch: made.patch } : {}) })),
  ]
}

/** `db/migrations/20240102-add-x.js` → `20240102-add-x` */
export function titleOfPath(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.replace(/(?<=.)\.\w+$/, '')
}

/**
 * What the folder's files had built as the project knew it: the baseline without exports that are not among the files
 * of these names, and what was exported after them. Where an export did not keep what it changed, the baseline.
 */
export function schemaOfFolder(past: Past, names: ReadonlySet<string>): SchemaDocument {
  const missing = past.history.findIndex((exported) => !isAmong(exported, names))
  if (missing < 0) return past.baseline
  return schemaAfter(past, past.replayed.length + missing) ?? past.baseline
}

/**
 * Whether the files of an export are among those of these names; those of its later phases lie in folders of their own.
 * An export of which all do, as every one in SQL, is not.
 */
export function isAmong({ files }: Past['history'][number], names: ReadonlySet<string>): boolean {
  const beside = files.filter(({ folder }) => folder === undefined)
  return beside.length > 0 && beside.every(({ fileName }) => names.has(fileName))
}

/** As many documents are kept for a baseline: two to compare, two to look at, and those looked at before. */
const keptPoints = 6

const known = new WeakMap<SchemaDocument['objects'], Map<string, SchemaDocument>>()

/**
 * The schema once the first `count` of the past migrations had run, with the diagram of the baseline; null where one
 * between that point and the baseline did not keep what it changed. The same document when asked again soon.
 */
export function schemaAfter(past: Past, count: number): SchemaDocument | null {
  const { baseline } = past
  const later = pastMigrations(past).slice(count)
  if (later.length === 0) return baseline
  const points = known.get(baseline.objects) ?? new Map<string, SchemaDocument>()
  known.set(baseline.objects, points)
  const key = `${past.history.length} ${later.length}`
  const document = points.get(key) ?? before(later, baseline)
  if (!document) return null
  points.delete(key)
  points.set(key, document)
  for (const oldest of [...points.keys()].slice(0, -keptPoints)) points.delete(oldest)
  return document
}

/** All patches taken back on one map, however many they are. */
function before(
  later: readonly PastMigration[],
  { objects, diagram }: SchemaDocument,
): SchemaDocument | null {
  const next = new Map(objects)
  for (const { patch } of later.toReversed()) {
    if (!patch) return null
    const { added, changed, removed } = patch.objects
    for (const id of added.keys()) next.delete(id)
    for (const [id, { from }] of changed) next.set(id, from)
    for (const [id, object] of removed) next.set(id, object)
  }
  withoutDangling(next)
  return { objects: next, diagram }
}

/** What was carried verbatim is in no migration's patch: it is there for as long as what it belongs to. */
function withoutDangling(objects: Map<ObjectId, ObjectBase>): void {
  for (;;) {
    const dangling = [...danglingObjects(objects)]
    if (dangling.length === 0) return
    for (const [id] of dangling) objects.delete(id)
  }
}
