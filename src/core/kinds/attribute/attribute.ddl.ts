import { samePgType } from '../../model/pg-type.ts'
import type { Schema } from '../../model/schema.ts'
import { commentSql, qualifiedName, qualifiedNameOf, typeName } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { createCompositeSql } from '../composite-type/composite-type.ddl.ts'
import { isCompositeType } from '../composite-type/composite-type.kind.ts'
import type { AlterRule } from '../kind.ts'
import { columnsOfType, disturbedByRetyping, isHeld, retyped, retypingRefusal } from '../retyping.ts'
import { type Attribute, isAttribute } from './attribute.kind.ts'

/** `ALTER TYPE <the attribute's type> <action>`. */
export function alterAttribute(attribute: Attribute, schema: Schema, action: string): string {
  return `ALTER TYPE ${qualifiedNameOf(attribute.parent, schema)} ${action}`
}

/** The attribute's part of CREATE TYPE and what follows ADD ATTRIBUTE. */
export function attributeClause(attribute: Attribute, schema: Schema): string {
  return `${quoteName(attribute.name)} ${typeClause(attribute, schema)}`
}

function typeClause(attribute: Attribute, schema: Schema): string {
  const collation = attribute.collation === null ? '' : ` COLLATE ${attribute.collation}`
  return `${typeName(attribute.type, schema)}${collation}`
}

/** In place where no column holds the composite type; otherwise that type is made anew under its columns. */
export const alterAttributeType: AlterRule<Attribute> = {
  statements: (from, to, schema) => {
    // One rule serves type and collation, and sets both.
    if (samePgType(from.type, to.type) && from.collation === to.collation) return []
    const made: Attribute = { ...from, type: to.type, collation: to.collation }
    if (isHeld(from.parent ?? '', schema)) return compositeRetyped(made, schema)
    const action = `ALTER ATTRIBUTE ${quoteName(from.name)} TYPE ${typeClause(made, schema)}`
    return [statement(from, alterAttribute(from, schema, action))]
  },
  refuses: (from, _to, schema) => {
    const type = schema.need(from.parent ?? '', isCompositeType)
    if (!isHeld(type.id, schema)) return null
    const array = columnsOfType(type.id, schema).find((column) => column.type.dimensions > 0)
    if (!array) return retypingRefusal(type, schema)
    return `${type.name} would have to be made anew, and PostgreSQL converts no array of it, which ${array.name} is.`
  },
  disturbs: (from, _to, schema) => [
    from.id,
    ...disturbedByRetyping(schema.need(from.parent ?? '', isCompositeType), schema),
  ],
  converts: () => true,
  hazards: (from, to, schema) => {
    const type = schema.need(from.parent ?? '', isCompositeType)
    if (columnsOfType(type.id, schema).length === 0) return []
    const target = typeName(to.type, schema)
    return [
      { code: 'may-fail', message: `Stops at the first ${from.name} that does not convert to ${target}.` },
    ]
  },
}

function compositeRetyped(changed: Attribute, schema: Schema): readonly Statement[] {
  const type = schema.need(changed.parent ?? '', isCompositeType)
  const attributes = schema
    .childrenOf(type.id, isAttribute)
    .map((attribute) => (attribute.id === changed.id ? changed : attribute))
  const name = qualifiedName(type, schema)
  const clauses = attributes.map((attribute) => attributeClause(attribute, schema))
  const comments = attributes.flatMap((attribute) =>
    attribute.comment === null
      ? []
      : [statement(attribute, commentSql(`COLUMN ${name}.${quoteName(attribute.name)}`, attribute.comment))],
  )
  return retyped(type, schema, {
    word: 'TYPE',
    create: [statement(type, createCompositeSql(name, clauses)), ...comments],
    convert: (value, target) => {
      const parts = attributes.map((attribute) => `(${value}).${quoteName(attribute.name)}`)
      return `CASE WHEN ${value} IS DISTINCT FROM NULL THEN ROW(${parts.join(', ')})::${target} END`
    },
  })
}
