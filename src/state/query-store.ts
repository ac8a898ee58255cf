import { createStore } from 'zustand/vanilla'
import { database, type QueryOutcome } from './database.ts'
import { projectStore } from './project-store.ts'

/** The outcome of a tab's last run. */
export interface QueryRun {
  readonly outcome: QueryOutcome | null
  /** The text that was run, and how many code points of the tab's text stood before it. */
  readonly sql: string
  readonly offset: number
  readonly running: boolean
  readonly milliseconds: number
  /** Why the run broke off: cancelled, or an engine that failed. */
  readonly failure: string | null
}

export interface QueryState {
  /** The open tab, an index of the project's queries. */
  readonly tab: number
  /** By index of the tab. */
  readonly runs: ReadonlyMap<number, QueryRun>
}

export const queryStore = createStore<QueryState>(() => ({ tab: 0, runs: new Map() }))

projectStore.subscribe((project, before) => {
  if (project.id !== before.id) queryStore.setState({ tab: 0, runs: new Map() })
})

/** Rows shown of one result; more are counted as cut off. */
const maxRows = 1000

const cancelled = 'Cancelled. PostgreSQL was started again: the schema is as drawn, rows are gone.'

let running: { readonly tab: number; readonly abort: AbortController } | null = null

export function openQuery(tab: number): void {
  queryStore.setState({ tab })
}

/** Adds a tab and opens it. */
export function addQuery(query: { readonly name: string; readonly sql: string }): void {
  const { queries } = projectStore.getState()
  projectStore.setState({ queries: [...queries, query] })
  queryStore.setState({ tab: queries.length })
}

export function changeQuery(tab: number, change: { readonly name?: string; readonly sql?: string }): void {
  const { queries } = projectStore.getState()
  const query = queries[tab]
  if (query) projectStore.setState({ queries: queries.with(tab, { ...query, ...change }) })
}

/** Closes a tab and forgets its text; the last result goes with it. */
export function removeQuery(tab: number): void {
  const { queries } = projectStore.getState()
  projectStore.setState({ queries: queries.toSpliced(tab, 1) })
  queryStore.setState((state) => ({
    tab: Math.max(0, state.tab > tab || state.tab === queries.length - 1 ? state.tab - 1 : state.tab),
    runs: new Map(
      [...state.runs].filter(([at]) => at !== tab).map(([at, run]) => [at > tab ? at - 1 : at, run] as const),
    ),
  }))
}

/** Runs SQL of a tab on the shadow; the result replaces the tab's last one. One query runs at a time. */
export async function runQuery(tab: number, sql: string, offset = 0): Promise<void> {
  if (running || sql.trim() === '') return
  const abort = new AbortController()
  running = { tab, abort }
  const base: QueryRun = { outcome: null, sql, offset, running: true, milliseconds: 0, failure: null }
  setRun(tab, base)
  const started = performance.now()
  const done = (result: Partial<QueryRun>) =>
    setRun(tab, { ...base, running: false, milliseconds: performance.now() - started, ...result })
  try {
    done({ outcome: await database().query(sql, { signal: abort.signal, maxRows }) })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    done({ failure: abort.signal.aborted ? cancelled : reason })
  } finally {
    running = null
  }
}

/** Ends the query that runs; the worker is replaced and the shadow built again. */
export function cancelQuery(): void {
  running?.abort.abort()
}

function setRun(tab: number, run: QueryRun): void {
  queryStore.setState(({ runs }) => ({ runs: new Map(runs).set(tab, run) }))
}
