import type { Table } from '../kinds/table/table.kind.ts'
import type { Schema } from '../model/schema.ts'
import { qualifiedName } from '../sql/names.ts'
import { tablesInInsertOrder } from './insert-order.ts'
import { sampleInsert } from './sample-insert.ts'

/** What became of a table's sample rows. */
export interface SampleRows {
  readonly table: string
  readonly inserted: number
  /** Why there are fewer than asked for, in PostgreSQL's words. */
  readonly refusal: string | null
}

/** Runs an INSERT; why it was refused, in PostgreSQL's words, or null. */
export type RunInsert = (sql: string) => Promise<string | null>

/** Mixtures of values tried for a row before it is given up. */
const attempts = 6

/**
 * Inserts rows made up from types, names and checks into every table, referenced tables first. `onTable` is called
 * before each, and ends it all by false.
 */
export async function fillTables(
  schema: Schema,
  perTable: number,
  run: RunInsert,
  onTable: (table: Table, done: number, total: number) => boolean = () => true,
): Promise<readonly SampleRows[]> {
  const tables = tablesInInsertOrder(schema)
  const outcomes: SampleRows[] = []
  for (const [index, table] of tables.entries()) {
    if (!onTable(table, index, tables.length)) break
    outcomes.push(await fillTable(table, schema, perTable, run))
  }
  return outcomes
}

/** Inserts that many rows into one table, as far as PostgreSQL takes some. */
export async function fillTable(
  table: Table,
  schema: Schema,
  wanted: number,
  run: RunInsert,
): Promise<SampleRows> {
  let inserted = 0
  let refusal: string | null = null
  for (let row = 0; row < wanted; row += 1) {
    refusal = await insertOne(table, schema, row, run)
    if (refusal === null) inserted += 1
    else if (inserted === 0 && row >= 2) break
  }
  return { table: qualifiedName(table, schema), inserted, refusal }
}

/** PostgreSQL's words when no mixture was taken. */
async function insertOne(table: Table, schema: Schema, row: number, run: RunInsert): Promise<string | null> {
  let refusal: string | null = ''
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    refusal = await run(sampleInsert(table, schema, { row, attempt, required: new Set(), furtherChecks: [] }))
    if (refusal === null) return null
  }
  return refusal
}
