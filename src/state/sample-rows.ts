import { schemaOf } from '../core/model/schema.ts'
import { fillTables, type SampleRows } from '../core/sample-data/fill-tables.ts'
import { database, type Progress } from './database.ts'
import { documentStore } from './document-store.ts'

/** Inserts rows made up from types, names and checks into every table of the shadow, referenced tables first. */
export function insertSampleRows(
  perTable: number,
  { onProgress, signal }: { onProgress?: (progress: Progress) => void; signal?: AbortSignal } = {},
): Promise<readonly SampleRows[]> {
  const run = async (sql: string) => {
    // Cancelled: what is left of this table is given up.
    if (signal?.aborted) return 'Cancelled'
    const { problem } = await database().query(sql)
    return problem?.message ?? null
  }
  return fillTables(schemaOf(documentStore.getState().document), perTable, run, (table, done, total) => {
    onProgress?.({ done, total, phase: `Filling ${table.name}` })
    return signal?.aborted !== true
  })
}
