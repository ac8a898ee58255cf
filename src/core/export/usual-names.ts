import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isSequence } from '../kinds/sequence/sequence.kind.ts'
import { usualSequenceName } from '../kinds/sequence/sequence-position.ts'
import { isUnique } from '../kinds/unique/unique.kind.ts'
import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'

/**
 * The name that PostgreSQL gives a key that is made without one, and the sequence of a serial column, as far as it is
 * short enough; null for anything else.
 */
export function usualName(object: ObjectBase, schema: Schema): string | null {
  if (isSequence(object)) {
    const column = schema.find(object.ownedBy, isColumn)
    const owner = column && schema.get(column.parent ?? '')
    return column && owner ? usualSequenceName(owner, column) : null
  }
  const table = object.parent === null ? undefined : schema.get(object.parent)
  if (!table) return null
  if (isPrimaryKey(object)) return `${table.name}_pkey`
  const word = isUnique(object) ? 'key' : 'fkey'
  if (!isUnique(object) && !isForeignKey(object)) return null
  return [table.name, ...object.columns.map((id) => schema.find(id, isColumn)?.name), word].join('_')
}
