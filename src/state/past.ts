import type { Change } from '../core/diff/change.ts'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import { type Schema, schemaOf } from '../core/model/schema.ts'
import { type PastMigration, pastMigrations, schemaAfter } from '../core/project/schema-points.ts'
import { documentStore } from './document-store.ts'
import { type ProjectState, projectStore } from './project-store.ts'
import { sessionStore } from './session-store.ts'
import { useDocument, useDrawnChanges, useEngine, useProject, useSession } from './use-stores.ts'

/** The schema as one of the past migrations left it, looked at in place of the document. */
export interface Past {
  /** Counted from 1, the oldest first. */
  readonly at: number
  readonly count: number
  readonly title: string
  readonly before: SchemaDocument
  readonly after: SchemaDocument
}

type Migrations = Pick<ProjectState, 'baseline' | 'replayed' | 'history'>

/** The migrations of the open project that can be looked back at: the first, and how many there are. */
function reach(project: Migrations): { readonly first: number; readonly past: readonly PastMigration[] } {
  const past = pastMigrations(project)
  // Nothing leads back beyond an export that did not keep what it changed.
  return { first: past.findLastIndex(({ patch }) => patch === undefined) + 2, past }
}

/** Whether there is a past to look at. */
export function hasPast(): boolean {
  const { first, past } = reach(projectStore.getState())
  return first <= past.length
}

/** Shows the schema as it was once so many of the past migrations had run, or as near to that as is known. */
export function lookBack(at: number): void {
  const { first, past } = reach(projectStore.getState())
  if (first > past.length) return
  sessionStore.setState({ past: Math.min(Math.max(at, first), past.length), renaming: null })
}

/** One migration on (1) or back (-1); from now, the last one either way. */
export function stepThroughPast(by: 1 | -1): void {
  const { past } = sessionStore.getState()
  lookBack(past === null ? Number.POSITIVE_INFINITY : past + by)
}

/** What a key does that leads through the past; false: nothing. */
export function leadThroughPast(key: string): boolean {
  if (key === 'ArrowLeft') stepThroughPast(-1)
  else if (key === 'ArrowRight') stepThroughPast(1)
  else if (key === 'Home') lookBack(1)
  else if (key === 'End') lookBack(Number.POSITIVE_INFINITY)
  else if (key === 'Escape') backToNow()
  else return false
  return true
}

/** Shows the document again; of the selection, what is in it stays. */
export function backToNow(): void {
  const { objects, diagram } = documentStore.getState().document
  sessionStore.setState(({ selection }) => ({
    past: null,
    selection: selection.filter((id) => objects.has(id) || diagram.has(id)),
  }))
}

let last: { readonly of: readonly unknown[]; readonly past: Past | null } | null = null

/** What is looked at instead of the document; null: the document itself. The same while nothing changed. */
export function usePast(): Past | null {
  const at = useSession((state) => state.past)
  const baseline = useProject((state) => state.baseline)
  const replayed = useProject((state) => state.replayed)
  const history = useProject((state) => state.history)
  const { diagram } = useDocument()
  if (at === null) return null
  const of = [at, baseline, replayed, history, diagram]
  if (last?.of.some((part, index) => part !== of[index]) !== false) {
    last = { of, past: pastAt(at, { baseline, replayed, history }, diagram) }
  }
  return last.past
}

/** What every panel shows: the open document, or the past that is looked at, which nothing can be drawn into. */
interface Shown {
  readonly past: Past | null
  readonly document: SchemaDocument
  /** What the marks of changes compare it with. */
  readonly baseline: SchemaDocument
}

export function useShown(): Shown {
  const past = usePast()
  const document = useDocument()
  const baseline = useProject((state) => state.baseline)
  return past ? { past, document: past.after, baseline: past.before } : { past, document, baseline }
}

/** What is shown with its look-ups. */
export function useShownSchema(): Schema {
  return schemaOf(useShown().document)
}

const noProblems: readonly Problem[] = []

/** Of the problems of what is shown: the past has none. `select` must give a value that stays the same while they do. */
export function useShownProblems<T>(select: (problems: readonly Problem[]) => T): T {
  const isPast = useSession((state) => state.past !== null)
  return useEngine((state) => select(isPast ? noProblems : state.problems))
}

/** What is marked as changed: by the migration that is looked at, or since the last export. */
export function useShownChanges(): readonly Change[] {
  const past = usePast()
  const drawn = useDrawnChanges()
  if (!past) return drawn
  const changes = changesOf.get(past) ?? diffDocuments(past.before, past.after)
  changesOf.set(past, changes)
  return changes
}

const changesOf = new WeakMap<Past, readonly Change[]>()

/** Tables stand where the present document has them. */
function pastAt(at: number, project: Migrations, diagram: SchemaDocument['diagram']): Past | null {
  const past = pastMigrations(project)
  const migration = past[at - 1]
  const before = schemaAfter(project, at - 1)
  const after = schemaAfter(project, at)
  if (!migration || !before || !after) return null
  const { title } = migration
  return { at, count: past.length, title, before: { ...before, diagram }, after: { ...after, diagram } }
}
