import { isColumn } from '../kinds/column/column.kind.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { tablesInInsertOrder } from '../sample-data/sample-insert.ts'
import { qualifiedName } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
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
  const losses: Loss[] = []
  for (const table of tablesInInsertOrder(schema)) {
    const lose = (reason: string) => losses.push({ kind: 'Rows', name: pathOf(table, schema), reason })
    const columns = schema.childrenOf(table.id, isColumn).filter(({ generated }) => generated === null)
    if (columns.length === 0) continue
    const names = columns.map(({ name }) => quoteName(name)).join(', ')
    const answer = await read(`SELECT ${names} FROM ${qualifiedName(table, schema)}`, maxRows)
    if ('refusal' in answer) {
      lose(answer.refusal)
      continue
    }
    if (answer.truncated) lose(`Only the first ${maxRows.toLocaleString('en')} rows are written`)
    const shapes = columns.map(({ type }) => shapeOf(type, schema).type)
    const rows = answer.rows.map(
      (row) => `(${row.map((value, index) => rowLiteral(value, shapes[index] ?? 'text')).join(', ')})`,
    )
    for (let at = 0; at < rows.length; at += perStatement) {
      const some = rows.slice(at, at + perStatement)
      blocks.push(`${head(table, names, schema)}\n  ${some.join(',\n  ')};`)
    }
  }
  return { text: blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`, losses }
}

function head(table: Table, names: string, schema: Schema): string {
  const overriding = schema
    .childrenOf(table.id, isColumn)
    .some(({ identity }) => identity?.generation === 'always')
  return `INSERT INTO ${qualifiedName(table, schema)} (${names})${overriding ? ' OVERRIDING SYSTEM VALUE' : ''} VALUES`
}
