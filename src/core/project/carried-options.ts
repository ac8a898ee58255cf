import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isColumnCompression, isColumnStorage } from '../kinds/column/column.options.ts'
import { isRaw, type Raw } from '../kinds/raw/raw.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'

/**
 * Options of tables and columns that older files carry as statements, as the fields that they are by now. What a statement
 * says that no pattern here knows stays as it is.
 */
export function withCarriedOptions(objects: SchemaDocument['objects']): SchemaDocument['objects'] {
  const next = new Map<ObjectId, ObjectBase>(objects)
  for (const raw of objects.values()) {
    const holder = isRaw(raw) && raw.parent !== null ? next.get(raw.parent) : undefined
    if (!isRaw(raw) || !holder) continue
    const changed = isTable(holder)
      ? tableWith(holder, raw)
      : isColumn(holder)
        ? columnWith(holder, raw)
        : null
    if (!changed) continue
    next.set(changed.id, changed)
    next.delete(raw.id)
  }
  return next
}

function tableWith(table: Table, { objectType, sql }: Raw): Table | null {
  switch (objectType) {
    case 'row level security':
      if (/ ENABLE ROW LEVEL SECURITY$/.test(sql)) return { ...table, rowSecurity: true }
      return / FORCE ROW LEVEL SECURITY$/.test(sql) ? { ...table, forceRowSecurity: true } : null
    case 'unlogged':
      return / SET UNLOGGED$/.test(sql) ? { ...table, unlogged: true } : null
    case 'replica identity':
      if (/ REPLICA IDENTITY FULL$/.test(sql)) return { ...table, replicaIdentity: 'full' }
      return / REPLICA IDENTITY NOTHING$/.test(sql) ? { ...table, replicaIdentity: 'nothing' } : null
    case 'storage parameters': {
      const list = / SET \((.*)\)$/.exec(sql)?.[1]
      return list === undefined
        ? null
        : { ...table, parameters: list.split(', ').map((one) => one.replace(/='(.*)'$/, '=$1')) }
    }
    default:
      return null
  }
}

function columnWith(column: Column, { objectType, sql }: Raw): Column | null {
  const word = / SET (?:STORAGE|COMPRESSION|STATISTICS) (\w+)$/.exec(sql)?.[1] ?? ''
  switch (objectType) {
    case 'column storage': {
      const storage = word.toLowerCase()
      return isColumnStorage(storage) ? { ...column, storage } : null
    }
    case 'column compression':
      return isColumnCompression(word) ? { ...column, compression: word } : null
    case 'column statistics':
      return /^\d+$/.test(word) ? { ...column, statistics: Number(word) } : null
    default:
      return null
  }
}
