import { quoteName } from '../sql/quote.ts'
import { rowLiteral } from './row-literal.ts'

/** A column of a result, its type as format_type prints it. */
interface ResultField {
  readonly name: string
  readonly type: string
}

const numbers = /^(smallint|integer|bigint|oid|real|double precision|numeric\b.*)$/

/**
 * The rows of a result as one INSERT, into the table that the query reads; into `rows` where it reads several or none.
 * Empty without rows.
 */
export function resultInserts(
  sql: string,
  fields: readonly ResultField[],
  rows: readonly (readonly (string | null)[])[],
): string {
  if (rows.length === 0) return ''
  const names = fields.map(({ name }) => quoteName(name)).join(', ')
  const shapes = fields.map(({ type }) =>
    numbers.test(type) ? 'number' : type === 'boolean' ? 'flag' : 'text',
  )
  const values = rows.map(
    (row) => `(${row.map((value, index) => rowLiteral(value, shapes[index] ?? 'text')).join(', ')})`,
  )
  return `INSERT INTO ${tableIn(sql)} (${names}) VALUES\n  ${values.join(',\n  ')};\n`
}

function tableIn(sql: string): string {
  const name = '(?:"(?:[^"]|"")+"|\\w+)'
  const found = sql.matchAll(new RegExp(`\\b(?:from|join)\\s+(${name}(?:\\.${name})?)`, 'gi'))
  const [table, ...others] = new Set([...found].map(([, path]) => path))
  return table === undefined || others.length > 0 ? 'rows' : table
}
