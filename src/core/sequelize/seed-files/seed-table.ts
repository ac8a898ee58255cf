import { isTable, type Table } from '../../kinds/table/table.kind.ts'
import type { Schema } from '../../model/schema.ts'
import { defaultSchemaName, namespaceOf } from '../../sql/names.ts'

/** A table by its name, as a file of seeds gives it. */
export interface QualifiedTable {
  /** null: the first of the search path. */
  readonly schema: string | null
  readonly name: string
}

/** The name under which a table is found again in another reading of the same database. */
export function qualifiedTable(table: Table, schema: Schema): QualifiedTable {
  return { schema: namespaceOf(table, schema), name: table.name }
}

/** A text for each table, whichever way its schema is given. */
export function tableKey({ schema, name }: QualifiedTable): string {
  return JSON.stringify([schema ?? defaultSchemaName, name])
}

/** The tables of a schema by `tableKey`. */
export function tablesByKey(schema: Schema): ReadonlyMap<string, Table> {
  return new Map(schema.all(isTable).map((table) => [tableKey(qualifiedTable(table, schema)), table]))
}
