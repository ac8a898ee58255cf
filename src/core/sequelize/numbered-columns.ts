import type { Column } from '../kinds/column/column.kind.ts'
import { sequenceTypeOf, writtenOptions } from '../kinds/sequence/sequence-options.ts'
import type { Step } from '../migration/plan.ts'
import type { Schema } from '../model/schema.ts'
import { byteLength } from '../sql/name-length.ts'
import { quoteName } from '../sql/quote.ts'
import type { JsValue, SequelizeCall } from './call.ts'
import { columnAttribute } from './column-attribute.ts'
import { isJsCode, isRecord } from './js-value.ts'

/** The column as createTable takes it: there an identity without options is `autoIncrement`, too. */
export function tableAttribute(column: Column, schema: Schema): JsValue | null {
  const { identity, type, default: value } = column
  if (identity === null) return columnAttribute(column, schema)
  const isUsual = writtenOptions(identity.options, sequenceTypeOf(type.base)).length === 0
  if (!isUsual || identity.generation !== 'by default' || value !== null) return null
  const attribute = columnAttribute({ ...column, identity: null }, schema)
  return isRecord(attribute) ? { ...attribute, autoIncrement: true, autoIncrementIdentity: true } : null
}

/**
 * Steps in which a sequence that numbers a column of a new table comes with the column, as `autoIncrement` makes it: of
 * the column's type and called as SERIAL calls it (PostgreSQL docs 8.1.4). Others stay as they are.
 */
export function withSerials(steps: readonly Step[]): readonly Step[] {
  let result = steps
  for (const step of steps) {
    for (const serial of serialsOf(step)) {
      const made = result.find(({ statements }) => isAlone(statements, serial.make))
      const owned = result.find(({ statements }) => isAlone(statements, serial.own))
      if (!made || !owned) continue
      result = result
        .filter((one) => one !== made && one !== owned)
        .map((one) => (one.object === step.object && one.calls ? numbered(one, serial) : one))
    }
  }
  return result
}

interface Serial {
  readonly column: string
  /** The statements that the sequence has of its own. */
  readonly make: string
  readonly own: string
}

function isAlone(statements: Step['statements'], sql: string): boolean {
  return statements.length === 1 && statements[0]?.sql === sql
}

/** Columns of a createTable that count by a sequence called after them. */
function serialsOf({ calls }: Step): readonly Serial[] {
  const [call] = calls ?? []
  if (call?.method !== 'createTable') return []
  const [target = null, attributes = null] = call.args
  const { schema, name } = nameOf(target)
  if (name === null || !isRecord(attributes)) return []
  return Object.entries(attributes).flatMap(([column, attribute]): readonly Serial[] => {
    if (!isRecord(attribute)) return []
    const { type = null, defaultValue = null } = attribute
    const sequence = `${name}_${column}_seq`
    const qualified = [schema, sequence].filter((part) => part !== null).map(quoteName)
    const table = [schema, name].filter((part) => part !== null).map(quoteName)
    const typeWords = isJsCode(type) ? clauses[type.code] : undefined
    const [expression] = isJsCode(defaultValue) ? (defaultValue.args ?? []) : []
    const isCounted = expression === `nextval('${qualified.join('.')}'::regclass)`
    if (typeWords === undefined || !isCounted || byteLength(sequence) > 63) return []
    return [
      {
        column,
        make: `CREATE SEQUENCE ${qualified.join('.')}${typeWords}`,
        own: `ALTER SEQUENCE ${qualified.join('.')} OWNED BY ${[...table, quoteName(column)].join('.')}`,
      },
    ]
  })
}

const clauses: Readonly<Record<string, string>> = {
  'Sequelize.SMALLINT': ' AS smallint',
  'Sequelize.INTEGER': ' AS integer',
  'Sequelize.BIGINT': '',
}

function nameOf(target: JsValue): {
  readonly schema: string | null
  readonly name: string | null
} {
  if (typeof target === 'string') return { schema: null, name: target }
  if (!isRecord(target)) return { schema: null, name: null }
  const { schema, tableName } = target
  return {
    schema: typeof schema === 'string' ? schema : null,
    name: typeof tableName === 'string' ? tableName : null,
  }
}

function numbered(step: Step, { column }: Serial): Step {
  const count = (call: SequelizeCall): SequelizeCall => {
    const [target = null, attributes = null] = call.args
    if (call.method !== 'createTable' || !isRecord(attributes)) return call
    const changed = Object.entries(attributes).map(([name, attribute]) => {
      if (name !== column || !isRecord(attribute)) return [name, attribute]
      const { defaultValue: _, ...rest } = attribute
      return [name, { ...rest, autoIncrement: true }]
    })
    return { ...call, args: [target, Object.fromEntries(changed)] }
  }
  return { ...step, calls: step.calls?.map(count) ?? null }
}
