import { columnClause } from '../kinds/column/column.ddl.ts'
import type { Column } from '../kinds/column/column.kind.ts'
import type { PgType } from '../model/pg-type.ts'
import type { Schema } from '../model/schema.ts'
import { typeName } from '../sql/names.ts'
import type { JsValue } from './call.ts'
import { sqlLiteral } from './js-value.ts'

/**
 * The column as createTable and addColumn take it; null where they cannot say exactly that (identity with options or
 * ALWAYS, generated columns, collations).
 */
export function columnAttribute(column: Column, schema: Schema): JsValue | null {
  if (column.generated || column.identity || column.collation !== null) return null
  if (isMangled(columnClause(column, schema))) return null
  return {
    type: typeValue(column.type, schema),
    ...(column.notNull ? { allowNull: false } : {}),
    ...(column.default === null ? {} : { defaultValue: defaultValue(column.default, column.type) }),
  }
}

/** Words that Sequelize 6 looks for anywhere in a column's text, a default's string included, and takes out. */
function isMangled(text: string): boolean {
  return /PRIMARY KEY|SERIAL|COMMENT |REFERENCES|^ENUM\(/.test(text)
}

/** DataTypes that emit exactly the type; with `(n)` where modifiers pass through. DATE loses its precision. */
const dataTypes: Readonly<Record<string, string>> = {
  text: 'TEXT',
  uuid: 'UUID',
  boolean: 'BOOLEAN',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'REAL',
  'double precision': 'DOUBLE',
  numeric: 'DECIMAL',
  jsonb: 'JSONB',
  json: 'JSON',
  date: 'DATEONLY',
  'timestamp with time zone': 'DATE',
  bytea: 'BLOB',
  inet: 'INET',
  cidr: 'CIDR',
  macaddr: 'MACADDR',
}

const sizedTypes: Readonly<Record<string, string>> = {
  'character varying': 'STRING',
  character: 'CHAR',
  numeric: 'DECIMAL',
}

/** The member of DataTypes that emits exactly this type, arrays aside: `STRING(255)`; null where there is none. */
export function dataTypeOf(type: PgType): string | null {
  if (type.ref !== null) return null
  const name = type.modifiers === '' ? dataTypes[type.base] : sizedTypes[type.base]
  if (name === undefined || !/^\d*(,\d+)?$/.test(type.modifiers)) return null
  return type.modifiers === '' ? name : `${name}(${type.modifiers.replace(',', ', ')})`
}

/** The type as a DataTypes value, otherwise as text, which Sequelize passes on unchanged. */
function typeValue(type: PgType, schema: Schema): JsValue {
  const text = typeName(type, schema)
  const name = dataTypeOf(type)
  if (name === null) return text
  const element = `Sequelize.${name}`
  if (type.dimensions === 0) return { code: element }
  return type.dimensions === 1 ? { code: `Sequelize.ARRAY(${element})` } : text
}

const textTypes = ['text', 'character varying', 'character', 'uuid']
const numberTypes = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']
const recordTypes = ['jsonb']

/** Where the catalogue prints a constant's type by another name than the column's. */
const catalogueNames: Readonly<Record<string, string>> = { character: 'bpchar' }

/** A JavaScript value where Sequelize prints it as the same SQL constant, otherwise the expression as it stands. */
function defaultValue(expression: string, type: PgType): JsValue {
  const plain = type.ref === null && type.dimensions === 0
  const [, constant, cast] = /^'((?:[^'\\]|'')*)'(?:::([a-z ]+))?$/.exec(expression) ?? []
  if (cast !== undefined && cast !== type.base && cast !== catalogueNames[type.base])
    return sqlLiteral(expression)
  if (plain && constant !== undefined && textTypes.includes(type.base)) return constant.replaceAll("''", "'")
  if (plain && constant === '{}' && recordTypes.includes(type.base)) return {}
  if (plain && constant === '[]' && recordTypes.includes(type.base)) return []
  if (plain && type.base === 'boolean' && /^(true|false)$/i.test(expression)) {
    return expression.toLowerCase() === 'true'
  }
  if (plain && numberTypes.includes(type.base) && /^(0|-?[1-9]\d{0,14})$/.test(expression))
    return Number(expression)
  return sqlLiteral(expression)
}
