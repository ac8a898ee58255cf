import { isCheck } from '../core/kinds/check/check.kind.ts'
import { type Column, isColumn } from '../core/kinds/column/column.kind.ts'
import { onlyClause } from '../core/kinds/inheritance.ts'
import { boundCondition } from '../core/kinds/partition/partition.bound.ts'
import { isPartition } from '../core/kinds/partition/partition.kind.ts'
import { isTable, type Table } from '../core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { sameValue } from '../core/model/equality.ts'
import type { ObjectId } from '../core/model/object.ts'
import { schemaOf } from '../core/model/schema.ts'
import { tablesInInsertOrder } from '../core/sample-data/insert-order.ts'
import { sampleInsert } from '../core/sample-data/sample-insert.ts'
import { qualifiedName } from '../core/sql/names.ts'
import { quoteName } from '../core/sql/quote.ts'
import { type Engine, PgError } from './engine.ts'

const rowsPerTable = 3
const maxTables = 250
const maxAttempts = 24
/** Refused rows of all tables together, so that a large schema of unfillable tables does not take for ever. */
const maxRefusals = 3000

/**
 * Fills the tables of `from` with rows that PostgreSQL accepts, as far as trying finds some; columns that `to` needs
 * are filled too. Gives the number of rows inserted.
 */
export async function insertSampleRows(
  engine: Engine,
  from: SchemaDocument,
  to: SchemaDocument,
): Promise<number> {
  const schema = schemaOf(from)
  const target = schemaOf(to)
  const required = new Set(target.all(isColumn).flatMap(({ id, notNull }) => (notNull ? [id] : [])))
  let inserted = 0
  const budget = { refusals: maxRefusals }
  for (const table of tablesInInsertOrder(schema).slice(0, maxTables)) {
    const furtherChecks = target.childrenOf(table.id, isCheck).map(({ expression }) => expression)
    const bounds = target
      .all(isPartition)
      .find((partition) => qualifiedName(partition, target) === qualifiedName(table, schema))
    const condition = bounds ? boundCondition(bounds, target) : null
    if (condition !== null) furtherChecks.push(condition)
    const fill = async () => {
      let winner = 0
      for (let row = 0; row < rowsPerTable; row += 1) {
        const found = await firstAccepted(engine, winner, budget, (attempt) =>
          sampleInsert(table, schema, { row, attempt, required, furtherChecks }),
        )
        if (found === null) break
        winner = found
        inserted += 1
      }
    }
    await (condition === null ? fill() : within(engine, qualifiedName(table, schema), condition, fill))
  }
  return inserted
}

/** Only rows that satisfy the condition are taken meanwhile. */
async function within(engine: Engine, table: string, condition: string, fill: () => Promise<void>) {
  const name = 'relata_only'
  await engine.run(`ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${condition})`)
  await fill()
  await engine.run(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
}

/** The first attempt that PostgreSQL accepts, beginning with one that worked before. */
async function firstAccepted(
  engine: Engine,
  first: number,
  budget: { refusals: number },
  sqlOf: (attempt: number) => string,
): Promise<number | null> {
  const attempts = [
    first,
    ...Array.from({ length: maxAttempts }, (_, index) => index).filter((n) => n !== first),
  ]
  for (const attempt of attempts) {
    if (budget.refusals <= 0) return null
    try {
      await engine.run(sqlOf(attempt))
      return attempt
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      budget.refusals -= 1
    }
  }
  return null
}

/** The rows of one table that both schemas have, by the values that the migration leaves alone. */
interface Witness {
  readonly table: ObjectId
  readonly columns: readonly ObjectId[]
  readonly rows: ReadonlyMap<string, number>
}

export type Witnesses = readonly Witness[]

/** Remembers the rows of every table that both schemas have, before the migration runs. */
export async function witnessRows(
  engine: Engine,
  from: SchemaDocument,
  to: SchemaDocument,
): Promise<Witnesses> {
  const target = schemaOf(to)
  const witnesses: Witness[] = []
  for (const table of schemaOf(from).all(isTable)) {
    if (!target.find(table.id, isTable)) continue
    const columns = schemaOf(from)
      .childrenOf(table.id, isColumn)
      .filter((column) => isUntouched(column, from, to))
      .map(({ id }) => id)
    witnesses.push({ table: table.id, columns, rows: await readRows(engine, table.id, columns, from) })
  }
  return witnesses
}

/** An enum that changed may print the same value differently, so its columns are not compared. */
function isUntouched(column: Column, from: SchemaDocument, to: SchemaDocument): boolean {
  const next = schemaOf(to).find(column.id, isColumn)
  if (!next || column.generated || next.generated || column.parent !== next.parent) return false
  const { ref } = column.type
  return (
    sameValue(column.type, next.type) &&
    (ref === null || sameValue(from.objects.get(ref), to.objects.get(ref)))
  )
}

export function countRows(witnesses: Witnesses): number {
  return witnesses.reduce((sum, { rows }) => sum + sizeOf(rows), 0)
}

/** How many of the rows are still there; `document` is the schema that the database has now. */
export async function countSurvivors(
  engine: Engine,
  witnesses: Witnesses,
  document: SchemaDocument,
): Promise<number> {
  let kept = 0
  for (const { table, columns, rows } of witnesses) {
    const now = await readRows(engine, table, columns, document)
    for (const [content, count] of rows) kept += Math.min(count, now.get(content) ?? 0)
  }
  return kept
}

/** Row contents and how often each occurs; without columns to compare, only how many rows there are. */
async function readRows(
  engine: Engine,
  id: ObjectId,
  columns: readonly ObjectId[],
  document: SchemaDocument,
): Promise<ReadonlyMap<string, number>> {
  const schema = schemaOf(document)
  const table: Table = schema.need(id, isTable)
  const values = columns.map((column) => `${quoteName(schema.need(column, isColumn).name)}::text`)
  const content = values.length === 0 ? "''" : `md5(ROW(${values.join(', ')})::text)`
  const { rows } = await engine.query(
    `SELECT ${content} AS content, count(*)::int AS count FROM ${onlyClause(id, schema)}${qualifiedName(table, schema)} GROUP BY 1`,
  )
  return new Map(rows.map((row) => [String(row.content), Number(row.count)]))
}

function sizeOf(rows: ReadonlyMap<string, number>): number {
  return [...rows.values()].reduce((sum, count) => sum + count, 0)
}
