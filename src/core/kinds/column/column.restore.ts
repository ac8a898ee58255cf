import type { Schema } from '../../model/schema.ts'
import { quoteText } from '../../sql/quote.ts'
import type { Statement } from '../../sql/statement.ts'
import { type Enum, isEnum } from '../enum/enum.kind.ts'
import { addColumn, addFilledColumn } from './column.ddl.ts'
import type { Column } from './column.kind.ts'

/** Values that stand for those that were dropped, by type as format_type prints it. */
const placeholders: Readonly<Record<string, string>> = {
  text: "''",
  'character varying': "''",
  character: "''",
  bpchar: "''",
  citext: "''",
  name: "''",
  bytea: "''",
  xml: "''",
  tsvector: "''",
  smallint: '0',
  integer: '0',
  bigint: '0',
  numeric: '0',
  real: '0',
  'double precision': '0',
  money: '0',
  oid: '0',
  boolean: 'false',
  uuid: "'00000000-0000-0000-0000-000000000000'",
  json: "'{}'",
  jsonb: "'{}'",
  hstore: "''",
  ltree: "''",
  date: "'epoch'",
  'timestamp without time zone': "'epoch'",
  'timestamp with time zone': "'epoch'",
  'time without time zone': "'00:00'",
  'time with time zone': "'00:00+00'",
  inet: "'0.0.0.0'",
  cidr: "'0.0.0.0/32'",
  macaddr: "'00:00:00:00:00:00'",
  macaddr8: "'00:00:00:00:00:00:00:00'",
  point: "'(0,0)'",
}

/**
 * Puts a dropped column back while its table has rows: NOT NULL without a default is met by a placeholder in them.
 * Types without an obvious placeholder are added as they are, and PostgreSQL decides.
 */
export function restoreColumn(column: Column, schema: Schema): readonly Statement[] {
  const filled =
    !column.local ||
    !column.notNull ||
    column.default !== null ||
    column.identity !== null ||
    column.generated !== null
  const placeholder = filled ? null : placeholderOf(column, schema)
  return placeholder === null ? addColumn(column, schema) : addFilledColumn(column, placeholder, schema)
}

/** A value that stands for one that is lost; null for types without an obvious one. */
export function placeholderOf(column: Column, schema: Schema): string | null {
  const { type } = column
  if (type.dimensions > 0) return "'{}'"
  if (type.ref !== null) {
    const labels = schema.find<Enum>(type.ref, isEnum)?.labels
    return labels?.[0] === undefined ? null : quoteText(labels[0])
  }
  if (type.base.startsWith('interval')) return "'0'"
  if (type.base.endsWith('multirange')) return "'{}'"
  if (type.base.endsWith('range')) return "'empty'"
  if (type.base === 'bit') return `B'${'0'.repeat(Number(type.modifiers || '1'))}'`
  if (type.base === 'bit varying') return "B''"
  return placeholders[type.base] ?? null
}
