import { isColumn } from '../../kinds/column/column.kind.ts'
import { isPrimaryKey } from '../../kinds/primary-key/primary-key.kind.ts'
import { isTable, type Table } from '../../kinds/table/table.kind.ts'
import { isUnique } from '../../kinds/unique/unique.kind.ts'
import type { ObjectId } from '../../model/object.ts'
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

/** Columns that tell each row: those of the primary key, else of a unique one without nulls. Null: none do. */
export function keyOf({ id }: Table, schema: Schema): readonly ObjectId[] | null {
  const [primary] = schema.childrenOf(id, isPrimaryKey)
  if (primary) return primary.columns
  const isGiven = (column: ObjectId) => schema.find(column, isColumn)?.notNull === true
  return schema.childrenOf(id, isUnique).find(({ columns }) => columns.every(isGiven))?.columns ?? null
}

/** A text for each table, whichever way its schema is given. */
export function tableKey({ schema, name }: QualifiedTable): string {
  return JSON.stringify([schema ?? defaultSchemaName, name])
}

/** The tables of a schema by `tableKey`. */
export function tablesByKey(schema: Schema): ReadonlyMap<string, Table> {
  return new Map(schema.all(isTable).map((table) => [tableKey(qualifiedTable(table, schema)), table]))
}
