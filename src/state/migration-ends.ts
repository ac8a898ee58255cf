import { alignDocuments } from '../core/diff/align-documents.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { pastMigrations, schemaAfter } from '../core/project/schema-points.ts'
import { documentStore } from './document-store.ts'
import { projectStore } from './project-store.ts'

/** The two schemas that a migration is between. */
export interface Ends {
  readonly from: SchemaDocument
  readonly to: SchemaDocument
}

/** A schema that a migration can start from or lead to. */
export type SchemaPoint =
  | { readonly type: 'drawing' }
  /** Once so many of the past migrations have run, those of the folder first. */
  | { readonly type: 'migrations'; readonly count: number }
  | { readonly type: 'other'; readonly name: string; readonly document: SchemaDocument }

/** Two points and the name that the migration between them was given. */
export interface Compared {
  readonly from: SchemaPoint
  readonly to: SchemaPoint
  /** null: as its plan proposes. */
  readonly title: string | null
}

/** What a comparison begins with: what the last migration did; what is drawn, where that is not known. */
export function firstCompared(): Compared {
  const past = pastMigrations(projectStore.getState())
  const count = past.length
  return past.at(-1)?.patch
    ? { from: { type: 'migrations', count: count - 1 }, to: { type: 'migrations', count }, title: null }
    : { from: { type: 'migrations', count }, to: { type: 'drawing' }, title: null }
}

let last: { readonly of: readonly unknown[]; readonly ends: Ends } | null = null

/** The schemas of the two points, another project's under the ids of this one; null where the history lacks one. */
export function comparedEnds({ from, to }: Compared): Ends | null {
  const [start, end] = [schemaAt(from), schemaAt(to)]
  if (!start || !end) return null
  const of = [from, to, start, end]
  if (last?.of.some((part, index) => part !== of[index]) !== false) {
    const ends =
      from.type === 'other' && to.type !== 'other'
        ? { from: alignDocuments(end, start), to: end }
        : { from: start, to: to.type === 'other' ? alignDocuments(start, end) : end }
    last = { of, ends }
  }
  return last.ends
}

function schemaAt(point: SchemaPoint): SchemaDocument | null {
  if (point.type === 'drawing') return documentStore.getState().document
  return point.type === 'other' ? point.document : schemaAfter(projectStore.getState(), point.count)
}
