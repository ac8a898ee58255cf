import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import type { Fill } from '../kinds/online.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import type { Schema } from '../model/schema.ts'
import { qualifiedNameOf, typeName } from '../sql/names.ts'
import { dollarQuote, quoteName } from '../sql/quote.ts'
import type { Step } from './plan.ts'
import { stepTitle } from './titles.ts'

/** Rows that get a value batch by batch, for whoever sends the batches. Plain data. */
export interface Batches {
  /** Few enough that nobody waits long for one of them. */
  readonly rows: number
  /** Rest between batches, in which others and the replicas catch up. */
  readonly pauseMilliseconds: number
  /** The types of the primary key's columns, by which the rows are in order; empty without one. */
  readonly keyTypes: readonly string[]
  /** `posts` and `status = lower(title)`, as SQL. */
  readonly table: string
  readonly assignment: string
  /** The rows that still need it. It is false for every row once that has its value. */
  readonly condition: string
  /** Quoted. */
  readonly keys: readonly string[]
}

const rows = 1000
const pauseMilliseconds = 50

/** A step that fills rows in batches; run again, it goes on with the rows that are left. */
export function fillStep(fill: Fill, schema: Schema): Step {
  const column: Column = schema.need(fill.column, isColumn)
  const batches = batchesOf(fill, column, schema)
  return {
    action: 'fill',
    object: column.id,
    kind: column.kind,
    group: fill.table,
    title: stepTitle('fill', column, column, [], schema),
    statements: [{ sql: fillSql(batches), owner: column.id, transactional: false }],
    calls: null,
    transactional: false,
    hazards: [],
    fields: [],
    puts: [],
    removes: [],
    batches,
  }
}

function batchesOf(fill: Fill, column: Column, schema: Schema): Batches {
  const key = schema.childrenOf(fill.table, isPrimaryKey)[0]
  const keys = (key?.columns ?? []).map((id) => schema.need(id, isColumn))
  const name = quoteName(column.name)
  // A type of a person's own is named as it is at this moment; the expression may give text for it.
  const own = column.type.ref === null ? '' : `::${typeName(column.type, schema)}`
  const value = `(${fill.expression})${own}`
  return {
    rows,
    pauseMilliseconds,
    table: qualifiedNameOf(fill.table, schema),
    assignment: `${name} = ${value}`,
    // Where the expression gives no value there is nothing to wait for.
    condition: fill.corrects
      ? `${name}::text IS DISTINCT FROM ${value}::text`
      : `${name} IS NULL AND ${value} IS NOT NULL`,
    keys: keys.map((part) => quoteName(part.name)),
    keyTypes: keys.map((part) => typeName(part.type, schema)),
  }
}

/**
 * One batch: fills rows and gives the keys of the last as text, or no row when all is done. `beyond` is SQL that leaves
 * out the batches before, `(id) > ('…'::uuid) AND `, or empty. Without a primary key it gives the number of rows.
 */
export function batchSql({ table, assignment, condition, keys, rows }: Batches, beyond: string): string {
  if (keys.length === 0) {
    return [
      'WITH batch AS (',
      `  SELECT ctid AS place FROM ${table} WHERE ${condition} LIMIT ${rows} FOR UPDATE`,
      '), filled AS (',
      `  UPDATE ${table} SET ${assignment} FROM batch WHERE ${table}.ctid = place RETURNING 1`,
      ')',
      'SELECT count(*)::text AS key_1 FROM filled HAVING count(*) > 0',
    ].join('\n')
  }
  const aliases = keys.map((_, place) => `key_${place + 1}`)
  return [
    'WITH batch AS (',
    `  SELECT ${keys.map((key, place) => `${key} AS ${aliases[place]}`).join(', ')} FROM ${table}`,
    `  WHERE ${beyond}${condition}`,
    `  ORDER BY ${keys.join(', ')} LIMIT ${rows}`,
    '), filled AS (',
    `  UPDATE ${table} SET ${assignment} FROM batch`,
    `  WHERE ${keys.map((key, place) => `${table}.${key} = ${aliases[place]}`).join(' AND ')}`,
    ')',
    `SELECT ${aliases.map((alias) => `${alias}::text AS ${alias}`).join(', ')} FROM batch`,
    `ORDER BY ${aliases.map((alias) => `batch.${alias} DESC`).join(', ')} LIMIT 1`,
  ].join('\n')
}

/** All batches in one statement, each with a transaction of its own: DO may commit (docs 41.8, PostgreSQL 11). */
function fillSql(batches: Batches): string {
  const names = (batches.keys.length === 0 ? ['count'] : batches.keys).map((_, place) => `last_${place + 1}`)
  const rest = `${batches.pauseMilliseconds / 1000}`
  const isKeyed = batches.keys.length > 0
  const first = batchSql(batches, '')
  const past = names.map((name, place) => `${name}::${batches.keyTypes[place]}`).join(', ')
  const beyond = `(${batches.keys.join(', ')}) > (${past}) AND `
  const body = [
    '',
    '#variable_conflict use_column',
    'DECLARE',
    ...names.map((name) => `  ${name} text;`),
    'BEGIN',
    ...indented(into(first, names)),
    '  WHILE FOUND LOOP',
    '    COMMIT;',
    `    PERFORM pg_sleep(${rest});`,
    ...indented(into(isKeyed ? batchSql(batches, beyond) : first, names), 4),
    '  END LOOP;',
    'END',
    '',
  ].join('\n')
  return `DO ${dollarQuote(body, 'fill')}`
}

function into(sql: string, names: readonly string[]): readonly string[] {
  const lines = sql.split('\n')
  const at = lines.findLastIndex((line) => line.startsWith('SELECT '))
  return lines
    .map((line, index) =>
      index === at ? line.replace(/ FROM (batch|filled)/, ` INTO ${names.join(', ')} FROM $1`) : line,
    )
    .map((line, index) => (index === lines.length - 1 ? `${line};` : line))
}

function indented(lines: readonly string[], spaces = 2): readonly string[] {
  return lines.map((line) => `${' '.repeat(spaces)}${line}`)
}
