import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type PgType, pgType } from '../model/pg-type.ts'
import type { Schema } from '../model/schema.ts'
import { commentSql, namespaceOf, qualifiedName, qualifiedNameOf, typeName } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { type Statement, statement } from '../sql/statement.ts'
import { type Attribute, isAttribute } from './attribute/attribute.kind.ts'
import { alterColumn, alterColumnTogether } from './column/column.ddl.ts'
import { type Column, isColumn } from './column/column.kind.ts'
import { isDomain } from './domain/domain.kind.ts'
import { grantKind, isGrant } from './grant/grant.kind.ts'
import { inheritedFrom } from './inheritance.ts'
import { isRange } from './range-type/range-type.kind.ts'

/** How a type that PostgreSQL cannot alter is made anew under the columns that hold it. */
interface Retyping {
  /** What follows ALTER, DROP and COMMENT ON. */
  readonly word: 'TYPE' | 'DOMAIN'
  /** Makes the new type; the old one has given its name up. */
  readonly create: readonly Statement[]
  /** The new value of a column: SQL. `value` is its quoted name, `type` the new type, with brackets for an array. */
  convert(value: string, type: string, column: Column): string
}

/** The old type is renamed, the new one made, every holder of it moved over, the old one dropped. */
export function retyped(type: ObjectBase, schema: Schema, retyping: Retyping): readonly Statement[] {
  const { word, create, convert } = retyping
  const old = quoteName(spareName(type.name))
  const namespace = namespaceOf(type, schema)
  const oldName = namespace === null || namespace === 'public' ? old : `${quoteName(namespace)}.${old}`
  const name = qualifiedName(type, schema)
  return [
    statement(type, `ALTER ${word} ${name} RENAME TO ${old}`),
    ...create,
    ...belongings(type, word, schema),
    ...columnsOfType(type.id, schema).map((column) => statement(type, retype(column, name, convert, schema))),
    ...attributesOfType(type.id, schema).map((attribute) =>
      statement(type, retypeAttribute(attribute, `${name}${bracketsOf(attribute.type)}`, schema)),
    ),
    statement(type, `DROP ${word} ${oldName}`),
  ]
}

/** What belongs to the old type alone: its comment and the rights to it. */
function belongings(type: ObjectBase, word: Retyping['word'], schema: Schema): readonly Statement[] {
  const target = `${word} ${qualifiedName(type, schema)}`
  return [
    ...(type.comment === null ? [] : [statement(type, commentSql(target, type.comment))]),
    ...schema.childrenOf(type.id, isGrant).flatMap((grant) => grantKind.create(grant, schema, [])),
  ]
}

function retype(column: Column, type: string, convert: Retyping['convert'], schema: Schema): string {
  const name = quoteName(column.name)
  const target = `${type}${bracketsOf(column.type)}`
  const actions = [`ALTER COLUMN ${name} TYPE ${target} USING ${convert(name, target, column)}`]
  if (column.default !== null) {
    actions.unshift(`ALTER COLUMN ${name} DROP DEFAULT`)
    actions.push(`ALTER COLUMN ${name} SET DEFAULT ${column.default}`)
  }
  const separator = actions.length === 1 ? ' ' : '\n  '
  return `ALTER TABLE ${qualifiedNameOf(column.parent, schema)}${separator}${actions.join(`,${separator}`)}`
}

/** As text while the type is dropped and made: for a type whose functions would be in the way of its double. */
export function retypedThroughText(
  type: ObjectBase,
  schema: Schema,
  columns: readonly Column[],
  create: readonly Statement[],
): readonly Statement[] {
  const attributes = attributesOfType(type.id, schema)
  const textOf = (of: PgType): PgType => ({ ...pgType('text'), dimensions: of.dimensions > 0 ? 1 : 0 })
  const away = columns.map((column) => retypeTo({ ...column, default: null }, textOf(column.type), schema))
  const back = columns.map((column) => retypeTo(column, column.type, schema))
  return [
    ...columns.flatMap((column) =>
      column.default === null ? [] : [alterColumn(column, schema, 'DROP DEFAULT')],
    ),
    ...away,
    ...attributes.map((each) =>
      statement(type, retypeAttribute(each, typeName(textOf(each.type), schema), schema)),
    ),
    statement(type, `DROP TYPE ${qualifiedName(type, schema)}`),
    ...create,
    ...belongings(type, 'TYPE', schema),
    ...back,
    ...attributes.map((each) => statement(type, retypeAttribute(each, typeName(each.type, schema), schema))),
  ]
}

function retypeTo(column: Column, to: PgType, schema: Schema): Statement {
  const target = typeName(to, schema)
  const actions = [`TYPE ${target} USING ${quoteName(column.name)}::${target}`]
  if (column.default !== null) actions.push(`SET DEFAULT ${column.default}`)
  return alterColumnTogether(column, schema, actions)
}

function retypeAttribute(attribute: Attribute, target: string, schema: Schema): string {
  return `ALTER TYPE ${qualifiedNameOf(attribute.parent, schema)} ALTER ATTRIBUTE ${quoteName(attribute.name)} TYPE ${target}`
}

function bracketsOf(type: PgType): string {
  return type.dimensions > 0 ? '[]' : ''
}

/** Through the text of the value, which every type has. */
export function throughText(value: string, type: string, column: Column): string {
  return `${value}::text${bracketsOf(column.type)}::${type}`
}

/** Columns that hold the type itself, with which their heirs go; generated ones are made again with the expression that gives it. */
export function columnsOfType(id: ObjectId, schema: Schema): readonly Column[] {
  return schema
    .all(isColumn)
    .filter(
      (column) =>
        column.type.ref === id && column.generated === null && inheritedFrom(column, schema).length === 0,
    )
}

export function attributesOfType(id: ObjectId, schema: Schema): readonly Attribute[] {
  return schema.all(isAttribute).filter((attribute) => attribute.type.ref === id)
}

/** What must not rest on the type while it is made anew: itself and its holders, for `disturbs`. */
export function disturbedByRetyping(
  type: ObjectBase,
  schema: Schema,
  columns = columnsOfType(type.id, schema),
): readonly ObjectId[] {
  return [
    type.id,
    ...columns.map((column) => column.id),
    ...attributesOfType(type.id, schema).flatMap((attribute) => [attribute.id, attribute.parent ?? '']),
  ]
}

/** Why the type cannot be made anew: another type that holds it would have to be, too. */
export function retypingRefusal(type: ObjectBase, schema: Schema): string | null {
  const holder = holderOf(type.id, schema)
  if (!holder) return null
  return `${type.name} would have to be made anew, which ${holder.name} does not allow, being made of it. Make the new type under another name and move ${holder.name} to it.`
}

function holderOf(id: ObjectId, schema: Schema): ObjectBase | undefined {
  const domain = schema.all(isDomain).find((other) => other.type.ref === id)
  const range = schema.all(isRange).find((other) => other.subtype.ref === id)
  const attribute = attributesOfType(id, schema).find((other) => isHeld(other.parent ?? '', schema))
  return domain ?? range ?? (attribute && schema.get(attribute.parent ?? ''))
}

/** True when a column, or another type, holds the type: PostgreSQL then changes no type inside it (0A000). */
export function isHeld(id: ObjectId, schema: Schema): boolean {
  return (
    schema.all(isColumn).some((column) => column.type.ref === id) ||
    attributesOfType(id, schema).length > 0 ||
    schema.all(isDomain).some((domain) => domain.type.ref === id) ||
    schema.all(isRange).some((range) => range.subtype.ref === id)
  )
}

/** A name for the old one that fits into 63 bytes, of which a character takes four at most. */
export function spareName(name: string): string {
  const letters = [...name]
  const short = /^[ -~]*$/.test(name) ? letters.slice(0, 58) : letters.slice(0, 14)
  return `${short.join('')}__old`
}
