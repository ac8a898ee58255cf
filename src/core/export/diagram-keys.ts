import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isUnique } from '../kinds/unique/unique.kind.ts'
import type { Schema } from '../model/schema.ts'
import { type Holding, holdsUnnamed } from './losses.ts'

/** What marks beside the columns, without names of their own, say of primary keys. */
export function markedPrimaryKeys(schema: Schema): Holding {
  const isInOrder = (columns: readonly string[]) => {
    const places = columns.map((id) => schema.find(id, isColumn)?.ordinal ?? 0)
    return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0))
  }
  return {
    is: (object) => isPrimaryKey(object) && isInOrder(object.columns),
    fields: ['columns'],
    otherwise: { is: isPrimaryKey, reason: 'Its columns are marked, their order is not written' },
  }
}

/** What marks and lines between tables say of all keys. */
export function markedKeys(schema: Schema): readonly Holding[] {
  return [
    markedPrimaryKeys(schema),
    {
      is: (object) => isUnique(object) && object.columns.length === 1,
      fields: ['columns'],
      otherwise: { is: isUnique, reason: 'Only the key of one column is marked' },
    },
    holdsUnnamed(isForeignKey, 'columns', 'referencedTable', 'referencedColumns'),
  ]
}
