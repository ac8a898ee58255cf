import type { Schema } from '../../model/schema.ts'
import type { JsValue, SequelizeCall } from '../../sequelize/call.ts'
import { sqlLiteral } from '../../sequelize/js-value.ts'
import { tableTarget } from '../../sequelize/target.ts'
import { defaultSchemaName, namespaceOf } from '../../sql/names.ts'
import { isTable } from '../table/table.kind.ts'
import type { Index, IndexKey } from './index.kind.ts'

/** addIndex has no INCLUDE, NULLS NOT DISTINCT, WITH or TABLESPACE, and quotes what it takes for an operator or a collation. */
export function addIndex(index: Index, schema: Schema): readonly SequelizeCall[] | null {
  const table = schema.find(index.parent, isTable)
  if (!table || index.include.length > 0 || index.nullsNotDistinct || index.with.length > 0) return null
  if (index.tablespace !== null) return null
  const fields: JsValue[] = []
  for (const key of index.keys) {
    const field = indexField(key, schema)
    if (field === null) return null
    fields.push(field)
  }
  const where = index.where === null ? {} : { where: sqlLiteral(index.where) }
  return [
    {
      method: 'addIndex',
      args: [tableTarget(table, schema), fields],
      options: {
        name: index.name,
        ...(index.unique ? { unique: true } : {}),
        ...(index.method === 'btree' ? {} : { using: index.method }),
        ...where,
      },
    },
  ]
}

const word = /^[a-z_][a-z0-9_]*$/

function indexField(key: IndexKey, schema: Schema): JsValue | null {
  if (key.expression !== null) {
    const plain = key.opclass === null && key.collation === null && key.order === 'asc' && key.nulls === null
    return plain ? sqlLiteral(`(${key.expression})`) : null
  }
  const name = key.column === null ? undefined : schema.get(key.column)?.name
  if (name === undefined || key.collation !== null) return null
  if (key.opclass !== null && !word.test(key.opclass)) return null
  const order = [
    key.order === 'desc' ? 'DESC' : '',
    key.nulls === null ? '' : `NULLS ${key.nulls.toUpperCase()}`,
  ]
  const text = order.filter((part) => part !== '').join(' ')
  if (key.opclass === null && text === '') return name
  return {
    name,
    ...(key.opclass === null ? {} : { operator: key.opclass }),
    ...(text === '' ? {} : { order: text }),
  }
}

/** removeIndex ignores the table's schema (sequelize/sequelize#10482): the index's own name carries it. */
export function removeIndex(index: Index, schema: Schema): readonly SequelizeCall[] | null {
  const namespace = namespaceOf(index, schema)
  const table = schema.find(index.parent, isTable)
  if (!table || index.name.includes('.')) return null
  if (namespace === null || namespace === defaultSchemaName) {
    return [{ method: 'removeIndex', args: [table.name, index.name] }]
  }
  if (namespace.includes('.')) return null
  return [{ method: 'removeIndex', args: [tableTarget(table, schema), `${namespace}.${index.name}`] }]
}
