import { shapeOf } from '../../export/row-types.ts'
import { type Column, isColumn } from '../../kinds/column/column.kind.ts'
import { isDomain } from '../../kinds/domain/domain.kind.ts'
import type { Table } from '../../kinds/table/table.kind.ts'
import type { PgType } from '../../model/pg-type.ts'
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
import { keyOf, tableKey, tablesByKey } from './seed-table.ts'

/** A file of seeds that puts the rows into their table, and takes just them out again. */
export function writeSeed(table: Table, given: SeedRows, schema: Schema, style: FileStyle): string {
  const { columns, rows } = given
  const known = columns.map((name) => schema.childrenOf(table.id, isColumn).find((one) => one.name === name))
  const cells: readonly Cells[] = rows.map((row) =>
    known.flatMap((column, at) => (column ? [{ column, text: row[at] ?? null }] : [])),
  )
  const up =
    cells.length === 0
      ? []
      : [
          ...insertLines(table, cells, schema, style),
          ...countOn(table, schema, style),
          ...updateLines(given, 'up', schema, style),
        ]
  const down =
    cells.length === 0
      ? []
      : [...updateLines(given, 'down', schema, style), ...deleteLines(table, cells, schema, style)]
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
  if (!key) return rows.toReversed().map((row) => queryLine(deleteOne(table, row, schema), style))
  const told = rows.map((row) => row.filter(({ column }) => key.includes(column.id)))
  const [column, ...others] = told[0] ?? []
  if (column && others.length === 0) {
    const values = told.flatMap((row) => row.map((cell) => jsValueOf(cell, schema)))
    return [callLine('bulkDelete', [target, { [column.column.name]: values }], style)]
  }
  return told.toReversed().map((row) => callLine('bulkDelete', [target, condition(row, schema)], style))
}

/** One row with all these values: of several that are the same, one. A `ctid` tells rows within one partition alone. */
function deleteOne(table: Table, row: Cells, schema: Schema): string {
  const name = qualifiedName(table, schema)
  const conditions = row.map(({ column, text }) => {
    const own = quoteName(column.name)
    if (text === null) return `${own} IS NULL`
    return `${own}${hasEquality(column.type, schema) ? '' : '::text'} = ${sqlValue(text)}`
  })
  const where = conditions.join('\n    AND ')
  return `DELETE FROM ${name} WHERE (tableoid, ctid) IN (\n  SELECT tableoid, ctid FROM ${name}\n  WHERE ${where}\n  LIMIT 1\n)`
}

/** Whether `=` finds just the same value: json, xml and point have none, and that of other shapes compares their size. */
function hasEquality(type: PgType, schema: Schema): boolean {
  const domain = schema.find(type.ref, isDomain)
  if (domain) return hasEquality(domain.type, schema)
  return !/^(json|xml|point|line|box|path|polygon|circle)$/.test(type.base)
}

/** References that could be given only behind the insert, or that are given up before the delete. */
function updateLines(
  { updates }: SeedRows,
  direction: 'up' | 'down',
  schema: Schema,
  style: FileStyle,
): readonly string[] {
  return updates.flatMap(({ table: wanted, key, set }) => {
    const table = tablesByKey(schema).get(tableKey(wanted))
    if (!table) return []
    const cells = (given: typeof key): Cells =>
      given.flatMap(({ column: name, value }) => {
        const column = schema.named(table.id, name, isColumn)
        return column ? [{ column, text: direction === 'down' && given === set ? null : value }] : []
      })
    const args = [tableTarget(table, schema), record(cells(set), schema), condition(cells(key), schema)]
    return [callLine('bulkUpdate', args, style)]
  })
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
