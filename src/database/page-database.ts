import type { DatabaseApi } from './api.ts'
import { DatabaseClient } from './client.ts'

/** PostgreSQL for this page, in workers. `onRestart`: the shadow is empty again and must be given the document. */
export function openPageDatabase(onRestart: () => void): DatabaseApi {
  return new DatabaseClient({
    base: new URL(`${import.meta.env.BASE_URL}engine/`, location.href).href,
    newWorker: () => new Worker(new URL('./database.worker.ts', import.meta.url), { type: 'module' }),
    onRestart,
  })
}
