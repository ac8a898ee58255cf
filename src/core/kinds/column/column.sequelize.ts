import type { Schema } from '../../model/schema.ts'
import type { JsValue } from '../../sequelize/call.ts'
import { columnAttribute } from '../../sequelize/column-attribute.ts'
import { tableAttribute } from '../../sequelize/numbered-columns.ts'
import { tableTarget } from '../../sequelize/target.ts'
import { allHeirsOf, hasLocalHeirs } from '../inheritance.ts'
import type { SequelizeCalls } from '../kind.ts'
import { isTable } from '../table/table.kind.ts'
import type { Column } from './column.kind.ts'

export const columnSequelize: SequelizeCalls<Column> = {
  create: (column, schema) => {
    if (!column.local || hasHeirs(column, schema)) return null
    const attribute = columnAttribute(column, schema)
    if (attribute === null) return null
    return [{ method: 'addColumn', args: [target(column, schema), column.name, attribute] }]
  },
  attribute: tableAttribute,
  drop: (column, schema) =>
    hasLocalHeirs(column, schema)
      ? null
      : [{ method: 'removeColumn', args: [target(column, schema), column.name] }],
  alter: {
    name: {
      calls: (from, to, schema) =>
        hasNamesake(from, schema)
          ? null
          : [{ method: 'renameColumn', args: [target(from, schema), from.name, to.name] }],
    },
  },
}

function hasHeirs(column: Column, schema: Schema): boolean {
  return allHeirsOf(column, schema).length > 0
}

/**
 * renameColumn describes the table first, and looks comments up by the table's name alone: with a table of that name
 * in another schema the query gives two rows and fails (21000, query-generator.js, describeTableQuery).
 */
function hasNamesake(column: Column, schema: Schema): boolean {
  const { name } = schema.need(column.parent ?? '', isTable)
  return schema.all(isTable).filter((table) => table.name === name).length > 1
}

function target(column: Column, schema: Schema): JsValue {
  return tableTarget(schema.need(column.parent ?? '', isTable), schema)
}
