import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { samePgType } from '../model/pg-type.ts'
import type { Schema } from '../model/schema.ts'
import { qualifiedName, typeName } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { statement } from '../sql/statement.ts'
import type { Column } from './column/column.kind.ts'
import { onlyClause } from './inheritance.ts'
import type { Succession } from './kind.ts'
import { isColumnPart } from './parts-of-tables.ts'
import { copyPosition, renameColumnSequence, sequenceOfColumn } from './sequence/sequence-position.ts'

/** How a table or partition that is made anew gets the rows of what stood in its place. */
export const rowSuccession: Succession<ObjectBase> = {
  of: ['table', 'partition'],

  /** An identity column's sequence keeps its name when its table is renamed, and the next one would get another. */
  makeWay: (old, schema) =>
    ownColumns(old, schema)
      .filter(({ identity }) => identity !== null)
      .map((column) =>
        statement(old, renameColumnSequence(sequenceOfColumn(old, column, schema), asideName(old, column))),
      ),

  takeOver: (old, to, schema, oldOf) => {
    const before = columnsOf(old, schema)
    const pairs = columnsOf(to, schema).flatMap((column): readonly (readonly [Column, Column])[] => {
      const was = oldOf(column.id)
      const source = before.find(({ id, name }) => (was === undefined ? name === column.name : id === was))
      return source && column.generated === null ? [[source, column]] : []
    })
    const positions = ownColumns(to, schema)
      .filter(({ identity }) => identity !== null)
      .flatMap((column) => {
        const source = pairs.find(([, next]) => next === column)?.[0]
        return source ? [statement(to, setPosition(rootOf(old, schema), source, to, column, schema))] : []
      })
    return pairs.length === 0 ? [] : [statement(to, copyRows(old, to, pairs, schema)), ...positions]
  },
}

function copyRows(
  old: ObjectBase,
  to: ObjectBase,
  pairs: readonly (readonly [Column, Column])[],
  schema: Schema,
): string {
  const names = pairs.map(([, column]) => quoteName(column.name)).join(', ')
  const values = pairs.map(([source, column]) => valueFrom(source, column, schema)).join(', ')
  const overriding = pairs.some(([, { identity }]) => identity !== null) ? ' OVERRIDING SYSTEM VALUE' : ''
  return `INSERT INTO ${qualifiedName(to, schema)} (${names})${overriding}\nSELECT ${values} FROM ${onlyClause(old.id, schema)}${qualifiedName(old, schema)}`
}

function valueFrom(source: Column, column: Column, schema: Schema): string {
  const name = quoteName(source.name)
  if (samePgType(source.type, column.type) || sameValue(source.type, column.type)) return name
  return column.using ?? `${name}::${typeName(column.type, schema)}`
}

/** Sets the next number of an identity column to that of the column in whose place it is. */
export function setPosition(
  old: ObjectBase,
  source: Column,
  to: ObjectBase,
  column: Column,
  schema: Schema,
): string {
  return copyPosition(sequenceOfColumn(old, source, schema), sequenceOfColumn(to, column, schema))
}

function asideName(old: ObjectBase, column: Column): string {
  return `${old.name}_${column.ordinal}_seq`
}

function ownColumns(object: ObjectBase, schema: Schema): readonly Column[] {
  return schema.childrenOf(object.id, isColumnPart)
}

/** Those of the table that it is a part of, however deep. */
export function columnsOf(object: ObjectBase, schema: Schema): readonly Column[] {
  return ownColumns(rootOf(object, schema), schema).toSorted((a, b) => a.ordinal - b.ordinal)
}

export function rootOf(object: ObjectBase, schema: Schema): ObjectBase {
  const above: ObjectId | null = object.parent
  const parent = above === null ? undefined : schema.get(above)
  return parent && parent.kind !== 'schema' ? rootOf(parent, schema) : object
}
