import { type Column, isColumn } from '../../kinds/column/column.kind.ts'
import { type Enum, isEnum } from '../../kinds/enum/enum.kind.ts'
import type { ForeignKey } from '../../kinds/foreign-key/foreign-key.kind.ts'
import { isTable } from '../../kinds/table/table.kind.ts'
import type { PgType } from '../../model/pg-type.ts'
import type { Schema } from '../../model/schema.ts'
import { typeName } from '../../sql/names.ts'
import type { JsCode, JsValue } from '../call.ts'
import { dataTypeOf } from '../column-attribute.ts'
import { jsString } from '../js-value.ts'
import { tableTarget } from '../target.ts'
import { underscored } from './inflect.ts'
import type { Attribute } from './model.ts'

/** What the table says of one column. */
export interface ColumnFacts {
  readonly name: string
  readonly column: Column
  readonly isKey: boolean
  /** Names of the unique constraints it is in; Sequelize joins attributes of one name. */
  readonly unique: readonly string[]
  /** A foreign key of this column alone. */
  readonly link: ForeignKey | null
  readonly validate: { readonly [rule: string]: JsValue }
  /** True for the one attribute that Sequelize lets count. */
  readonly counts: boolean
  readonly underscored: boolean
}

export function attributeOf(facts: ColumnFacts, schema: Schema): Attribute {
  const { name, column, isKey, unique, link, validate, counts } = facts
  const enumType = schema.find(column.type.ref, isEnum)
  const fallback = counts ? null : defaultOf(column)
  const isNullable = !column.notNull && !isKey
  const isComputed = column.generated !== null
  const mapped = facts.underscored ? underscored(name) : name
  return {
    name,
    column,
    definition: {
      type: typeValue(column.type, enumType, schema),
      ...(mapped === column.name ? {} : { field: column.name }),
      ...(isNullable || isComputed ? {} : { allowNull: false }),
      ...(isKey ? { primaryKey: true } : {}),
      ...(counts ? { autoIncrement: true } : {}),
      ...(counts && column.identity ? { autoIncrementIdentity: true } : {}),
      ...(fallback === null ? {} : { defaultValue: fallback }),
      ...(unique[0] === undefined ? {} : { unique: unique[0] }),
      ...(link ? linkOptions(link, schema) : {}),
      ...(Object.keys(validate).length === 0 ? {} : { validate }),
      ...(column.comment === null ? {} : { comment: column.comment }),
    },
    tsType: tsTypeOf(column.type, enumType),
    isNullable,
    isOptional: isNullable || isComputed || counts || column.default !== null || column.identity !== null,
    isComputed,
  }
}

function typeValue(type: PgType, enumType: Enum | undefined, schema: Schema): JsValue {
  if (enumType && type.dimensions === 0) {
    return { code: `DataTypes.ENUM(${enumType.labels.map((label) => jsString(label)).join(', ')})` }
  }
  const known = dataNameOf(type)
  if (type.ref !== null || known === undefined) return typeName(type, schema)
  if (type.dimensions === 0) return { code: `DataTypes.${known}` }
  return type.dimensions === 1 ? { code: `DataTypes.ARRAY(DataTypes.${known})` } : typeName(type, schema)
}

/** The member of DataTypes by which a model calls the type, arrays aside; null where it has none. */
export function modelTypeOf(type: PgType): string | null {
  return type.ref === null ? (dataNameOf(type) ?? null) : null
}

function dataNameOf(type: PgType): string | undefined {
  return dataTypeOf(type) ?? ownTypes[type.base]
}

/** Types that models can name and migrations cannot, since their DDL is another. */
const ownTypes: Readonly<Record<string, string>> = {
  'timestamp without time zone': 'DATE',
  'timestamp with time zone': 'DATE',
  'time without time zone': 'TIME',
  citext: 'CITEXT',
  tsvector: 'TSVECTOR',
}

/** A constant as JavaScript, anything else as SQL; what PostgreSQL computes itself has none. */
function defaultOf({ default: expression, identity, generated, type }: Column): JsValue | null {
  // A second counting column: Sequelize counts one only, and DEFAULT leaves it to PostgreSQL.
  if (identity) return { code: "sequelize.literal('DEFAULT')" }
  if (expression === null || generated) return null
  const [, constant] = /^'((?:[^'\\]|'')*)'(?:::[a-z ."]+(?:\(\d+\))?)?$/.exec(expression) ?? []
  if (constant !== undefined && type.dimensions === 0) {
    if (/^jsonb?$/.test(type.base)) return jsonDefault(constant) ?? sqlCode(expression)
    if (/^(text|character|uuid|citext)/.test(type.base) || type.ref !== null)
      return constant.replaceAll("''", "'")
  }
  if (type.base === 'boolean' && /^(true|false)$/i.test(expression))
    return expression.toLowerCase() === 'true'
  if (/^(smallint|integer|real|double precision)$/.test(type.base) && /^-?\d{1,15}$/.test(expression)) {
    return Number(expression)
  }
  return sqlCode(expression)
}

function jsonDefault(text: string): JsValue | null {
  return text === '{}' ? {} : text === '[]' ? [] : null
}

function sqlCode(sql: string): JsCode {
  return { code: 'sequelize.literal', args: [sql] }
}

function linkOptions(link: ForeignKey, schema: Schema): { readonly [option: string]: JsValue } {
  const target = schema.find(link.referencedTable, isTable)
  const key = schema.find(link.referencedColumns[0], isColumn)
  if (!target || !key) return {}
  return {
    references: { model: tableTarget(target, schema), key: key.name },
    ...(link.onDelete === 'no action' ? {} : { onDelete: link.onDelete.toUpperCase() }),
    ...(link.onUpdate === 'no action' ? {} : { onUpdate: link.onUpdate.toUpperCase() }),
  }
}

/** What the driver gives: numbers that do not fit a JavaScript number are text, and so are types it does not know. */
function tsTypeOf(type: PgType, enumType: Enum | undefined): string {
  if (type.dimensions > 0 && !enumType && (type.ref !== null || isUnnamed(type))) return 'string'
  const single = enumType
    ? enumType.labels.map((label) => jsString(label)).join(' | ') || 'never'
    : scalarType(type)
  if (type.dimensions === 0) return single
  return single.includes(' ')
    ? `(${single})${'[]'.repeat(type.dimensions)}`
    : `${single}${'[]'.repeat(type.dimensions)}`
}

function isUnnamed(type: PgType): boolean {
  return dataNameOf(type) === undefined
}

function scalarType({ base, ref }: PgType): string {
  if (ref !== null) return 'string'
  if (/^(smallint|integer|real|double precision)$/.test(base)) return 'number'
  if (base === 'boolean') return 'boolean'
  if (/^timestamp/.test(base)) return 'Date'
  if (/^jsonb?$/.test(base)) return 'unknown'
  return base === 'bytea' ? 'Buffer' : 'string'
}
