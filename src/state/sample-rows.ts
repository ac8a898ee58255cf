import type { Table } from '../core/kinds/table/table.kind.ts'
import { type Schema, schemaOf } from '../core/model/schema.ts'
import { sampleInsert, tablesInInsertOrder } from '../core/sample-data/sample-insert.ts'
import { qualifiedName } from '../core/sql/names.ts'
import { database, type Progress } from './database.ts'
import { documentStore } from './document-store.ts'

/** What became of a table's sample rows. */
export interface SampleRows {
  readonly table: string
  readonly inserted: number
  /** Why there are fewer than asked for, in PostgreSQL's words. */
  readonly refusal: string | null
}

/** Mixtures of values tried for a row before it is given up. */
const attempts = 6

/** Inserts rows made up from types, names and checks into every table of the shadow, referenced tables first. */
export async function insertSampleRows(
  perTable: number,
  options: { readonly onProgress?: (progress: Progress) => void; readonly signal?: AbortSignal } = {},
): Promise<readonly SampleRows[]> {
  const schema = schemaOf(documentStore.getState().document)
  const tables = tablesInInsertOrder(schema)
  const outcomes: SampleRows[] = []
  for (const [index, table] of tables.entries()) {
    if (options.signal?.aborted) break
    options.onProgress?.({ done: index, total: tables.length, phase: `Filling ${table.name}` })
    outcomes.push(await fill(table, schema, perTable, options.signal))
  }
  return outcomes
}

async function fill(
  table: Table,
  schema: Schema,
  wanted: number,
  signal: AbortSignal | undefined,
): Promise<SampleRows> {
  let inserted = 0
  let refusal: string | null = null
  for (let row = 0; row < wanted && !signal?.aborted; row += 1) {
    refusal = await insertOne(table, schema, row)
    if (refusal === null) inserted += 1
    else if (inserted === 0 && row >= 2) break
  }
  return { table: qualifiedName(table, schema), inserted, refusal }
}

/** PostgreSQL's words when no mixture was taken. */
async function insertOne(table: Table, schema: Schema, row: number): Promise<string | null> {
  let refusal = ''
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const sql = sampleInsert(table, schema, { row, attempt, required: new Set(), furtherChecks: [] })
    const { problem } = await database().query(sql)
    if (!problem) return null
    refusal = problem.message
  }
  return refusal
}
