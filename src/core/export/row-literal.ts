import { quoteText } from '../sql/quote.ts'
import type { ValueShape } from './row-types.ts'

/** A value of a row, given as PostgreSQL's text, as SQL. What is no plain number or flag is a text of unknown type. */
export function rowLiteral(value: string | null, shape: ValueShape['type']): string {
  if (value === null) return 'NULL'
  if (shape === 'flag') return value === 't' ? 'true' : 'false'
  const isNumber = shape === 'integer' || shape === 'number' || shape === 'digits'
  return isNumber && /^-?\d+(\.\d+)?$/.test(value) ? value : quoteText(value)
}
