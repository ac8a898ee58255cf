import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { dollarQuote, quoteText } from '../../sql/quote.ts'

/** Sets one sequence to the last number of another; does nothing where that has given none. Both are SQL. */
export function copyPosition(from: string, to: string): string {
  return `SELECT setval(${to}, last) FROM pg_sequence_last_value(${from}::regclass) AS last WHERE last IS NOT NULL`
}

/**
 * The sequence that a column owns or has as an identity, as SQL: its first argument is parsed as a name, its second is
 * not (docs 9.17).
 */
export function sequenceOfColumn(table: ObjectBase, column: ObjectBase, schema: Schema): string {
  return `pg_get_serial_sequence(${quoteText(qualifiedName(table, schema))}, ${quoteText(column.name)})`
}

/** Renames the sequence of an identity column, whose name PostgreSQL chose. `sequence` is SQL. */
export function renameColumnSequence(sequence: string, name: string): string {
  return `DO ${dollarQuote(`BEGIN EXECUTE format('ALTER SEQUENCE %s RENAME TO %I', ${sequence}, ${quoteText(name)}); END`)}`
}

/** The name that PostgreSQL gives to the sequence of a column while that is free and of at most 63 bytes. */
export function usualSequenceName(table: ObjectBase, column: ObjectBase): string {
  return `${table.name}_${column.name}_seq`
}
