import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { KeptFolder } from './folder-handle.ts'

/** What the start page shows of a project, without reading it. */
export interface ProjectSummary {
  readonly id: string
  readonly name: string
  /** "In this browser", or the file it came from. */
  readonly place: string
  readonly tables: number
  readonly changes: number
  readonly errors: number
  readonly warnings: number
  /** Milliseconds since 1970. */
  readonly openedAt: number
}

/** `value` when it worked, otherwise a sentence that says why not. */
export type Stored<T> = { readonly value: T } | { readonly failure: string }

interface Storage extends DBSchema {
  /** Text of project files by project id. */
  projects: { key: string; value: string }
  summaries: { key: string; value: ProjectSummary }
  /** The folder that a project came from, by project id. */
  folders: { key: string; value: KeptFolder }
}

let connection: Promise<IDBPDatabase<Storage>> | null = null

function connect(): Promise<IDBPDatabase<Storage>> {
  connection ??= openDB<Storage>('relata', 2, {
    upgrade(database, from) {
      if (from < 1) {
        database.createObjectStore('projects')
        database.createObjectStore('summaries', { keyPath: 'id' })
      }
      database.createObjectStore('folders')
    },
    blocking(_from, _to, event) {
      // A newer page waits for this one to let go; the next call connects again.
      if (event.target instanceof IDBDatabase) event.target.close()
      connection = null
    },
    terminated() {
      connection = null
    },
  })
  connection.catch(() => {
    connection = null
  })
  return connection
}

export function listProjects(): Promise<Stored<readonly ProjectSummary[]>> {
  return attempt(async () => {
    const summaries = await (await connect()).getAll('summaries')
    return summaries.sort((a, b) => b.openedAt - a.openedAt)
  })
}

/** The text of a project; undefined when there is none of that id. */
export function loadProject(id: string): Promise<Stored<string | undefined>> {
  return attempt(async () => (await connect()).get('projects', id))
}

/** Writes text and summary in one transaction; resolves when they are on disk. */
export function storeProject(summary: ProjectSummary, text: string): Promise<Stored<null>> {
  return attempt(async () => {
    const transaction = (await connect()).transaction(['projects', 'summaries'], 'readwrite', {
      durability: 'strict',
    })
    const puts = [
      transaction.objectStore('projects').put(text, summary.id),
      transaction.objectStore('summaries').put(summary),
    ]
    // Said at once, so that it also holds when the page is being closed and hears no more events.
    transaction.commit()
    await Promise.all([...puts, transaction.done])
    return null
  })
}

export function storeSummary(summary: ProjectSummary): Promise<Stored<null>> {
  return attempt(async () => {
    await (await connect()).put('summaries', summary)
    return null
  })
}

export function removeProject(id: string): Promise<Stored<null>> {
  return attempt(async () => {
    const stores = ['projects', 'summaries', 'folders'] as const
    const transaction = (await connect()).transaction(stores, 'readwrite')
    await Promise.all([...stores.map((store) => transaction.objectStore(store).delete(id)), transaction.done])
    return null
  })
}

export function storeFolder(id: string, folder: KeptFolder): Promise<Stored<null>> {
  return attempt(async () => {
    await (await connect()).put('folders', folder, id)
    return null
  })
}

/** undefined: it came from no folder, or the browser could not give a handle of it. */
export function loadFolder(id: string): Promise<Stored<KeptFolder | undefined>> {
  return attempt(async () => (await connect()).get('folders', id))
}

async function attempt<T>(work: () => Promise<T>): Promise<Stored<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    return { failure: sentenceOf(error) }
  }
}

function sentenceOf(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError') return 'This browser has no room left. Save the project as a file.'
  if (name === 'SecurityError' || name === 'InvalidStateError') {
    return 'This browser does not let the page store anything. Save the project as a file.'
  }
  return `The browser’s storage failed: ${error instanceof Error ? error.message : String(error)}`
}
