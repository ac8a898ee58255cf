import type { Schema } from '../../model/schema.ts'
import { quoteName, quoteText } from '../../sql/quote.ts'
import type { Column } from '../column/column.kind.ts'
import { isTableObject } from '../parts-of-tables.ts'
import { columnsOf } from '../rows.ts'
import type { Partition } from './partition.kind.ts'

/** Types whose constants mean the same in a check as in a bound. */
const plainTypes: ReadonlySet<string> = new Set([
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'text',
  'character varying',
  'uuid',
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
])

const value = String.raw`('(?:[^']|'')*'|[+-]?\d+(?:\.\d+)?|\bMINVALUE\b|\bMAXVALUE\b|\bNULL\b)`
const range = new RegExp(String.raw`^FOR VALUES FROM \(\s*${value}\s*\) TO \(\s*${value}\s*\)$`, 'i')
const list = new RegExp(String.raw`^FOR VALUES IN \(\s*${value}(?:\s*,\s*${value})*\s*\)$`, 'i')

/**
 * The condition that all rows of a partition satisfy, as PostgreSQL prints it (docs pg_get_partition_constraintdef): a
 * table with it as a valid check is attached without reading its rows. Null where there is no such simple condition:
 * several columns or expressions decide, or a hash, or what other partitions do not hold, or another table above.
 */
export function boundCondition({ bound, parent }: Partition, schema: Schema): string | null {
  const whole = schema.find(parent, isTableObject)
  const [key, ...more] = whole?.partitionKey ?? []
  if (!whole || more.length > 0) return null
  const column = columnsOf(whole, schema).find(({ name }) => quoteName(name) === key)
  if (!column || column.collation !== null || !isPlain(column, bound)) return null
  const name = quoteName(column.name)
  if (whole.partitionBy === 'list') return list.test(bound) ? listed(name, bound) : null
  const [, from, to] = (whole.partitionBy === 'range' ? range.exec(bound) : null) ?? []
  return from === undefined || to === undefined ? null : between(name, from, to)
}

/** Without rounding, and without words like `today` that mean another value tomorrow. */
function isPlain({ type }: Column, bound: string): boolean {
  if (type.ref !== null || type.dimensions > 0 || !plainTypes.has(type.base)) return false
  if (['text', 'character varying', 'uuid'].includes(type.base)) return true
  const constants = bound.match(/'[^']*'/g) ?? []
  return type.modifiers === '' && constants.every((text) => /^'[-\d]/.test(text))
}

function between(name: string, from: string, to: string): string | null {
  const ends = [from.toUpperCase(), to.toUpperCase()]
  if (ends.includes('NULL') || ends[0] === 'MAXVALUE' || ends[1] === 'MINVALUE') return null
  const parts = [
    `(${name} IS NOT NULL)`,
    ...(ends[0] === 'MINVALUE' ? [] : [`(${name} >= ${constant(from)})`]),
    ...(ends[1] === 'MAXVALUE' ? [] : [`(${name} < ${constant(to)})`]),
  ]
  return parts.join(' AND ')
}

function listed(name: string, bound: string): string | null {
  const values = [...bound.slice(bound.indexOf('(')).matchAll(new RegExp(value, 'gi'))].map(([text]) => text)
  const isNull = (text: string) => text.toUpperCase() === 'NULL'
  if (values.some((text) => /^(MIN|MAX)VALUE$/i.test(text))) return null
  const constants = values.filter((text) => !isNull(text)).map(constant)
  const [first, ...others] = constants
  const one = others.length === 0 ? `(${name} = ${first})` : `(${name} IN (${constants.join(', ')}))`
  if (!values.some(isNull)) return `(${name} IS NOT NULL) AND ${one}`
  return first === undefined ? `(${name} IS NULL)` : `(${name} IS NULL) OR ${one}`
}

function constant(text: string): string {
  return text.startsWith("'") ? text : quoteText(text)
}
