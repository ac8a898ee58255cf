import { fieldOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { byteLength } from '../sql/name-length.ts'
import type { JsValue, SequelizeCall } from './call.ts'
import { isRecord } from './js-value.ts'
import { tableTarget } from './target.ts'

/**
 * The idiomatic calls that create an object together with `members`, the children inside its statement, and their
 * comments; null where only raw SQL does exactly that.
 */
export function callsForCreate(
  object: ObjectBase,
  members: readonly ObjectBase[],
  schema: Schema,
): readonly SequelizeCall[] | null {
  const calls = isTable(object)
    ? createTable(object, members, schema)
    : members.length === 0
      ? kindOf(object).sequelize?.create?.(object, schema)
      : null
  if (!calls) return null
  return [...calls, ...[object, ...members].flatMap((member) => commentCalls(member, schema))]
}

/** One createTable with the columns, then each constraint under its own name, which createTable cannot give. */
function createTable(
  table: Table,
  members: readonly ObjectBase[],
  schema: Schema,
): readonly SequelizeCall[] | null {
  if (table.unlogged || table.partitionBy !== null || table.inherits.length > 0) return null
  if (table.tablespace !== null || table.accessMethod !== null) return null
  const target = tableTarget(table, schema)
  const attributes: { [name: string]: JsValue } = {}
  const after: SequelizeCall[] = []
  for (const member of members) {
    const { create, attribute } = kindOf(member).sequelize ?? {}
    if (attribute) {
      const value = attribute(member, schema)
      if (value === null) return null
      Object.defineProperty(attributes, member.name, { value, enumerable: true, configurable: true })
    } else {
      after.push(...(create?.(member, schema) ?? rawCalls(member, schema)))
    }
  }
  const key = after.findIndex((call) => isDefaultPrimaryKey(call, table.name, Object.keys(attributes)))
  if (key < 0) return [{ method: 'createTable', args: [target, attributes] }, ...after]
  const columns = fieldsOfCall(after[key])
  const withKey = Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      columns.includes(name) ? { ...recordOf(attribute), primaryKey: true } : attribute,
    ]),
  )
  return [{ method: 'createTable', args: [target, withKey] }, ...after.toSpliced(key, 1)]
}

/** In bytes: PostgreSQL cuts the table's part of the name beyond this (makeObjectName in indexcmds). */
const longestKeyPrefix = 58

/** createTable leaves the key's name to PostgreSQL and its columns in the order of the table. */
function isDefaultPrimaryKey(call: SequelizeCall, table: string, columns: readonly string[]): boolean {
  const { name, type, deferrable } = call.options ?? {}
  if (call.method !== 'addConstraint' || type !== 'primary key' || deferrable !== undefined) return false
  const key = fieldsOfCall(call)
  const inOrder = columns.filter((column) => key.includes(column))
  return name === `${table}_pkey` && byteLength(table) <= longestKeyPrefix && sameValue(inOrder, key)
}

function fieldsOfCall(call: SequelizeCall | undefined): readonly string[] {
  const fields = call?.options?.fields
  return Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : []
}

function recordOf(value: JsValue): { readonly [key: string]: JsValue } {
  return isRecord(value) ? value : {}
}

function rawCalls(object: ObjectBase, schema: Schema): readonly SequelizeCall[] {
  return kindOf(object)
    .create(object, schema, [])
    .map(({ sql }) => ({ method: 'query', args: [sql] }))
}

function commentCalls(object: ObjectBase, schema: Schema): readonly SequelizeCall[] {
  const rule = fieldOf(kindOf(object), 'comment')?.alter
  if (object.comment === null || !rule || rule === 'replace') return []
  const statements = rule.statements({ ...object, comment: null }, object, schema)
  return statements === 'replace' ? [] : statements.map(({ sql }) => ({ method: 'query', args: [sql] }))
}
