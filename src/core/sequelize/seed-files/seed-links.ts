import { type Column, isColumn } from '../../kinds/column/column.kind.ts'
import { type ForeignKey, isForeignKey } from '../../kinds/foreign-key/foreign-key.kind.ts'
import { isTable, type Table } from '../../kinds/table/table.kind.ts'
import type { ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import type { SeedLink, SeedLoop } from './seed-step.ts'
import { keyOf, qualifiedTable } from './seed-table.ts'

/** Columns that refer to rows of which no file of ours gives the key, where the database or a program makes it up. */
export function linksOf(table: Table, schema: Schema, ours: ReadonlySet<ObjectId>): readonly SeedLink[] {
  return schema.childrenOf(table.id, isForeignKey).flatMap((foreignKey): readonly SeedLink[] => {
    const referenced = schema.find(foreignKey.referencedTable, isTable)
    if (!referenced || ours.has(referenced.id)) return []
    return foreignKey.columns.flatMap((id, at) => {
      const column = schema.find(id, isColumn)
      const key = schema.find(foreignKey.referencedColumns[at], isColumn)
      if (!column || !key || !isMadeUp(key)) return []
      return [{ column: column.name, table: qualifiedTable(referenced, schema), key: key.name }]
    })
  })
}

function isMadeUp({ type, identity, default: written }: Column): boolean {
  return identity !== null || written !== null || type.base === 'uuid'
}

/** References to a table from those of ours whose rows may be there before its own, and from itself. */
export function loopsOf(table: Table, schema: Schema, ours: ReadonlySet<ObjectId>): readonly SeedLoop[] {
  return schema
    .all(isForeignKey)
    .filter(
      ({ referencedTable, parent }) => referencedTable === table.id && parent !== null && ours.has(parent),
    )
    .flatMap((foreignKey) => loopOf(foreignKey, schema) ?? [])
}

/** Null where all columns must be given at once, or nothing tells the rows that refer. */
function loopOf({ parent, columns, referencedColumns }: ForeignKey, schema: Schema): SeedLoop | null {
  const table = schema.find(parent, isTable)
  const key = table && keyOf(table, schema)
  if (!table || !key) return null
  const open = columns.flatMap((id, at) => {
    const own = schema.find(id, isColumn)
    const referenced = schema.find(referencedColumns[at], isColumn)
    if (!own || !referenced || own.notNull || own.generated !== null || key.includes(id)) return []
    return [{ own: own.name, referenced: referenced.name }]
  })
  if (open.length === 0) return null
  return {
    table: qualifiedTable(table, schema),
    columns: open.map(({ own }) => own),
    referenced: open.map(({ referenced }) => referenced),
    key: key.flatMap((id) => schema.find(id, isColumn)?.name ?? []),
  }
}
