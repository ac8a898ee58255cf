import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { onlyClause } from '../kinds/inheritance.ts'
import { isSequence } from '../kinds/sequence/sequence.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import type { ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { tablesInInsertOrder } from '../sample-data/insert-order.ts'
import { qualifiedName } from '../sql/names.ts'
import { quoteName, quoteText } from '../sql/quote.ts'
import type { Exported, ExportSource } from './exported.ts'
import { type Loss, pathOf } from './losses.ts'
import { rowLiteral } from './row-literal.ts'
import { shapeOf } from './row-types.ts'

/** Most rows that are written of one table. */
const maxRows = 10_000

/** Rows of one INSERT. */
const perStatement = 100

/** The rows that the database of the page holds, as INSERT statements, referenced tables first. */
export async function writeInserts({ document, read }: ExportSource): Promise<Exported> {
  const schema = schemaOf(document)
  const blocks: string[] = []
  const counters: string[] = []
  const losses: Loss[] = []
  const written = new Set<ObjectId>()
  for (const table of tablesInInsertOrder(schema)) {
    written.add(table.id)
    const lose = (reason: string) => losses.push({ kind: 'Rows', name: pathOf(table, schema), reason })
    const columns = schema.childrenOf(table.id, isColumn).filter(({ generated }) => generated === null)
    if (columns.length === 0) continue
    const names = columns.map(({ name }) => quoteName(name)).join(', ')
    const from = `${onlyClause(table.id, schema)}${qualifiedName(table, schema)}`
    const answer = await read(`SELECT ${names} FROM ${from}`, maxRows)
    if ('refusal' in answer) {
      lose(answer.refusal)
      continue
    }
    if (answer.truncated) lose(`Only the first ${maxRows.toLocaleString('en')} rows are written`)
    const shapes = columns.map(({ type }) => shapeOf(type, schema).type)
    const rows = answer.rows.map(
      (row) => `(${row.map((value, index) => rowLiteral(value, shapes[index] ?? 'text')).join(', ')})`,
    )
    if (rows.length === 0) continue
    const keys = schema.childrenOf(table.id, isForeignKey)
    for (const { referencedTable } of keys) {
      const later = written.has(referencedTable) ? undefined : schema.find(referencedTable, isTable)
      if (later) lose(`Its rows refer to those of ${pathOf(later, schema)}, which come after them`)
    }
    // Of one statement, references are checked at its end.
    const size = keys.some(({ referencedTable }) => referencedTable === table.id) ? rows.length : perStatement
    for (let at = 0; at < rows.length; at += size) {
      const some = rows.slice(at, at + size)
      blocks.push(`${head(table, names, schema)}\n  ${some.join(',\n  ')};`)
    }
    counters.push(...columns.flatMap((column) => counterSql(column, table, schema)))
  }
  if (counters.length > 0) blocks.push(counters.join('\n'))
  return { text: blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`, losses }
}

/** Lets the next row of a counting column get a number of its own. */
function counterSql(column: Column, table: Table, schema: Schema): readonly string[] {
  const owned = schema.all(isSequence).find(({ ownedBy }) => ownedBy === column.id)
  const options = column.identity?.options ?? owned?.options
  if (!options) return []
  const [path, name] = [qualifiedName(table, schema), quoteName(column.name)]
  const [last, bound] = options.increment.startsWith('-')
    ? [`min(${name})`, `<= ${options.max}`]
    : [`max(${name})`, `>= ${options.min}`]
  const sequence = `pg_get_serial_sequence(${quoteText(path)}, ${quoteText(column.name)})`
  return [`SELECT setval(${sequence}, ${last}) FROM ${path} HAVING ${last} ${bound};`]
}

function head(table: Table, names: string, schema: Schema): string {
  const overriding = schema
    .childrenOf(table.id, isColumn)
    .some(({ identity }) => identity?.generation === 'always')
  return `INSERT INTO ${qualifiedName(table, schema)} (${names})${overriding ? ' OVERRIDING SYSTEM VALUE' : ''} VALUES`
}
