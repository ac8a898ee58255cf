import type { Schema } from '../../model/schema.ts'
import type { JsValue } from '../../sequelize/call.ts'
import { columnAttribute } from '../../sequelize/column-attribute.ts'
import { tableTarget } from '../../sequelize/target.ts'
import type { SequelizeCalls } from '../kind.ts'
import { isTable } from '../table/table.kind.ts'
import type { Column } from './column.kind.ts'

export const columnSequelize: SequelizeCalls<Column> = {
  create: (column, schema) => {
    const attribute = columnAttribute(column, schema)
    if (attribute === null) return null
    return [{ method: 'addColumn', args: [target(column, schema), column.name, attribute] }]
  },
  attribute: columnAttribute,
  drop: (column, schema) => [{ method: 'removeColumn', args: [target(column, schema), column.name] }],
  alter: {
    name: {
      calls: (from, to, schema) => [
        { method: 'renameColumn', args: [target(from, schema), from.name, to.name] },
      ],
    },
  },
}

function target(column: Column, schema: Schema): JsValue {
  return tableTarget(schema.need(column.parent ?? '', isTable), schema)
}
