import { shapeOf } from '../../export/row-types.ts'
import { type Column, isColumn } from '../../kinds/column/column.kind.ts'
import { isPrimaryKey } from '../../kinds/primary-key/primary-key.kind.ts'
import type { Table } from '../../kinds/table/table.kind.ts'
import { isUnique } from '../../kinds/unique/unique.kind.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { quoteName, quoteText } from '../../sql/quote.ts'
import type { JsValue } from '../call.ts'
import { padding } from '../code-style.ts'
import type { FileStyle } from '../file-style.ts'
import { bodyIndent, endOf, framed, frameHead } from '../frame.ts'
import { printCall, sqlLiteral } from '../js-value.ts'
import { sqlTemplate } from '../sql-template.ts'
import { tableTarget } from '../target.ts'
import type { SeedRows, SeedValue } from './seed-rows.ts'

/** A file of seeds that puts the rows into their table, and takes just them out again. */
export function writeSeed(
  table: Table,
  { columns, rows }: SeedRows,
  schema: Schema,
  style: FileStyle,
): string {
  const known = columns.map((name) => schema.childrenOf(table.id, isColumn).find((one) => one.name === name))
  const cells: readonly Cells[] = rows.map((row) =>
    known.flatMap((column, at) => (column ? [{ column, text: row[at] ?? null }] : [])),
  )
  const up =
    cells.length === 0 ? [] : [...insertLines(table, cells, schema, style), ...countOn(table, schema, style)]
  const down = cells.length === 0 ? [] : deleteLines(table, cells, schema, style)
  const body = [...up, ...down].join('\n')
  return [...frameHead(style, body, false), ...framed(style, up, down), ''].join('\n')
}

type Cells = readonly { readonly column: Column; readonly text: SeedValue }[]

function insertLines(
  table: Table,
  rows: readonly Cells[],
  schema: Schema,
  style: FileStyle,
): readonly string[] {
  // bulkInsert cannot say OVERRIDING SYSTEM VALUE, without which such a number cannot be given.
  if (rows[0]?.some(({ column }) => column.identity?.generation === 'always')) {
    return [queryLine(overridingInsert(table, rows, schema), style)]
  }
  const isSaid = (column: Column) =>
    column.default !== null ||
    rows.some((row) => row.some((cell) => cell.column === column && cell.text !== null))
  const records = rows.map((row) =>
    record(
      row.filter(({ column }) => isSaid(column)),
      schema,
    ),
  )
  return [callLine('bulkInsert', [tableTarget(table, schema), records], style)]
}

function overridingInsert(table: Table, rows: readonly Cells[], schema: Schema): string {
  const names = (rows[0] ?? []).map(({ column }) => quoteName(column.name)).join(', ')
  const lines = rows.map((row) => `  (${row.map(({ text }) => sqlValue(text)).join(', ')})`)
  const head = `INSERT INTO ${qualifiedName(table, schema)} (${names}) OVERRIDING SYSTEM VALUE VALUES`
  return `${head}\n${lines.join(',\n')}`
}

function sqlValue(text: SeedValue): string {
  if (text === null) return 'NULL'
  return typeof text === 'string' ? quoteText(text) : text.sql
}

/** Columns that count by themselves go on behind the highest number that was given. */
function countOn(table: Table, schema: Schema, style: FileStyle): readonly string[] {
  const name = qualifiedName(table, schema)
  return schema
    .childrenOf(table.id, isColumn)
    .filter((column) => column.identity !== null || /^nextval\(/i.test(column.default ?? ''))
    .map(({ name: column }) => {
      const sequence = `pg_get_serial_sequence(${quoteText(name)}, ${quoteText(column)})`
      return queryLine(`SELECT setval(${sequence}, max(${quoteName(column)})) FROM ${name}`, style)
    })
}

function deleteLines(
  table: Table,
  rows: readonly Cells[],
  schema: Schema,
  style: FileStyle,
): readonly string[] {
  const target = tableTarget(table, schema)
  const key = keyOf(table, schema)
  const told = rows.map((row) =>
    row.filter(({ column, text }) =>
      key ? key.includes(column.id) : text !== null && isComparable(column, schema),
    ),
  )
  // As sequelize-cli's own template: nothing tells the rows from others.
  if (told.some((row) => row.length === 0)) return [callLine('bulkDelete', [target, null, {}], style)]
  const [column, ...others] = key ? (told[0] ?? []) : []
  if (column && others.length === 0) {
    const values = told.flatMap((row) => row.map((cell) => jsValueOf(cell, schema)))
    return [callLine('bulkDelete', [target, { [column.column.name]: values }], style)]
  }
  return told.toReversed().map((row) => callLine('bulkDelete', [target, condition(row, schema)], style))
}

/** Columns that tell each row: those of the primary key, else of a unique one without nulls. */
function keyOf(table: Table, schema: Schema): readonly string[] | null {
  const [primary] = schema.childrenOf(table.id, isPrimaryKey)
  if (primary) return primary.columns
  const isGiven = (id: string) => schema.find(id, isColumn)?.notNull === true
  return schema.childrenOf(table.id, isUnique).find(({ columns }) => columns.every(isGiven))?.columns ?? null
}

/** Whether `column = 'text'` finds the value again. */
function isComparable({ type }: Column, schema: Schema): boolean {
  return (
    /^(text|integer|digits|flag|time|labels)$/.test(shapeOf(type, schema).type) &&
    !/^(xml|json)$/.test(type.base)
  )
}

function record(row: Cells, schema: Schema): JsValue {
  return Object.fromEntries(row.map((cell) => [cell.column.name, jsValueOf(cell, schema)]))
}

/** Sequelize takes a literal that stands alone for the whole condition; in a list it is a value. */
function condition(row: Cells, schema: Schema): JsValue {
  return Object.fromEntries(
    row.map((cell) => {
      const value = jsValueOf(cell, schema)
      return [cell.column.name, typeof cell.text === 'object' && cell.text !== null ? [value] : value]
    }),
  )
}

/** PostgreSQL takes the text of any value; numbers and flags are plain where JavaScript holds them exactly. */
function jsValueOf({ column, text }: Cells[number], schema: Schema): JsValue {
  if (text === null) return null
  if (typeof text !== 'string') return sqlLiteral(text.sql)
  const { type } = shapeOf(column.type, schema)
  if (type === 'flag') return text === 't'
  const isNumber = type === 'integer' || type === 'number' || type === 'digits'
  return isNumber && String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text
}

function callLine(method: string, args: readonly JsValue[], style: FileStyle): string {
  const indent = bodyIndent(style)
  const call = printCall(`await ${style.queryInterface}.${method}`, args, indent, style)
  return `${padding(indent, style)}${call}${endOf(style)}`
}

function queryLine(sql: string, style: FileStyle): string {
  const indent = bodyIndent(style)
  const callee = `await ${style.queryInterface}.sequelize.query`
  return `${padding(indent, style)}${callee}(${sqlTemplate(sql, indent, style)})${endOf(style)}`
}
