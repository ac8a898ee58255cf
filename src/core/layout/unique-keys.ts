import { isColumn } from '../kinds/column/column.kind.ts'
import { isIndex } from '../kinds/index/index.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isUnique } from '../kinds/unique/unique.kind.ts'
import type { ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'

/** The column lists of a table that PostgreSQL keeps unique in every row: keys and full unique indexes. */
export function uniqueKeysOf(table: ObjectId, schema: Schema): readonly (readonly ObjectId[])[] {
  return schema.children(table).flatMap((child) => {
    if (isPrimaryKey(child) || isUnique(child)) return [child.columns]
    if (!isIndex(child) || !child.unique || child.where !== null) return []
    const columns = child.keys.flatMap((key) => (key.column === null ? [] : [key.column]))
    return columns.length === child.keys.length ? [columns] : []
  })
}

/** True when no two rows of the table agree in all these columns (nulls aside). */
export function areUnique(columns: readonly ObjectId[], table: ObjectId, schema: Schema): boolean {
  return uniqueKeysOf(table, schema).some((key) => key.every((column) => columns.includes(column)))
}

/** True when at least one of the columns takes nulls. */
export function anyNullable(columns: readonly ObjectId[], table: ObjectId, schema: Schema): boolean {
  const primary = new Set(schema.childrenOf(table, isPrimaryKey).flatMap((key) => key.columns))
  return columns.some((id) => !primary.has(id) && schema.find(id, isColumn)?.notNull !== true)
}
