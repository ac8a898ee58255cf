import { sameValue } from '../../model/equality.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import { samePgType } from '../../model/pg-type.ts'
import type { Schema } from '../../model/schema.ts'
import { namespaceOf, qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import type { Check } from '../check/check.kind.ts'
import type { Column } from '../column/column.kind.ts'
import type { AlterAll, Succession } from '../kind.ts'
import { outside } from '../partition-builds.ts'
import { isCheckPart, isPartitionPart, isTableObject } from '../parts-of-tables.ts'
import { columnsOf, rootOf, setPosition } from '../rows.ts'
import { blankTable } from '../table/blank-table.ts'
import type { Table } from '../table/table.kind.ts'
import { unguarded } from '../table/table.options.ts'
import { dropInherited, dropOthers, nameKept } from './inherited-parts.ts'
import { commonParts, ownParts } from './merging-parts.ts'
import { boundCondition } from './partition.bound.ts'
import type { Partition } from './partition.kind.ts'

/** A table becomes a partition: it gets the columns' properties, keys and indexes of the table that it is a part of. */
export const attached: NonNullable<Succession<Partition>['become']> = {
  fits: (old, to, before, after) =>
    isTableObject(old) &&
    to.partitionBy === null &&
    sameColumns(old, to, before, after) &&
    keepsColumns(to.parent, before, after),
  keeps(old, to, before, after) {
    const own = ownOf(old, before, to, after, to.parent)
    return {
      ofOld: new Map([
        ...withoutOthers(columnsOf(old, before).map(({ id }) => id)),
        ...withoutOthers(boundChecks(old, before, boundCondition(to, after)).map(({ id }) => id)),
        ...sharedParts(old, before, to.parent, before, after),
        ...withoutOthers(own.keys()),
      ]),
      ofNew: new Map(withoutOthers(own.values())),
    }
  },
  statements: (old, to, schema, alter) => {
    const table = schema.need(old.id, isTableObject)
    const plain: Table = { ...plainTable(table), tablespace: to.tablespace, accessMethod: to.accessMethod }
    return [
      ...alter(table, plain),
      ...columnsOf(to, schema).flatMap((next) => {
        const column = columnOf(old, next, schema)
        return alter(column, partOf(old, column, next))
      }),
      ...lackingChecks(old, to, schema).map(({ name, expression }) => {
        const check = `CONSTRAINT ${quoteName(name)} CHECK (${expression})`
        return statement(plain, `ALTER TABLE ${qualifiedName(plain, schema)} ADD ${check}`)
      }),
      attach(plain, to, schema),
      ...passedChecks(old, to, schema).map(({ name }) =>
        statement(plain, `ALTER TABLE ${qualifiedName(plain, schema)} DROP CONSTRAINT ${quoteName(name)}`),
      ),
      ...rename(plain, to, schema, alter),
    ]
  },
  hazards: (old, to, schema) =>
    boundChecks(old, schema, boundCondition(to, schema)).length > 0
      ? []
      : [
          {
            code: 'may-fail',
            message: `Stops when a row of ${old.name} is outside of the bounds of ${to.name}.`,
          },
        ],
}

/** A partition becomes a table of its own; what it had because its table has it goes, to be made as wanted. */
export const detached: NonNullable<Succession<Table>['become']> = {
  fits: (old, to, before, after) =>
    isPartitionPart(old) &&
    old.partitionBy === null &&
    to.partitionBy === null &&
    sameColumns(old, to, before, after) &&
    keepsColumns(old.parent, before, after),
  keeps(old, to, before, after) {
    const own = ownOf(old, before, to, after, old.parent)
    return {
      ofOld: new Map(withoutOthers(own.keys())),
      ofNew: new Map([
        ...withoutOthers(columnsOf(to, after).map(({ id }) => id)),
        ...sharedParts(to, after, old.parent, before, after),
        ...withoutOthers(own.values()),
      ]),
    }
  },
  statements: (old, to, schema, alter, apart) => {
    const partition = schema.need(old.id, isPartitionPart)
    const { tablespace, accessMethod, rowSecurity, forceRowSecurity, parameters } = partition
    const guarded = { rowSecurity, forceRowSecurity, parameters }
    const alone: Table = { ...plainTable(old), tablespace, accessMethod, ...guarded }
    const kept: Table = {
      ...alone,
      ...unguarded,
      unlogged: to.unlogged,
      tablespace: to.tablespace,
      accessMethod: to.accessMethod,
    }
    const columns = columnsOf(to, schema)
    return [
      ...nameKept(partition, to, schema),
      detach(partition, schema, apart),
      statement(partition, dropOthers(qualifiedName(partition, schema), to, schema)),
      ...alter(alone, kept),
      ...columns.flatMap((next) => {
        const column = partOf(old, next, columnOf(old, next, schema))
        return alter(column, { ...next, id: column.id, parent: old.id }, true)
      }),
      ...(partition.comment === null ? [] : alter({ ...alone, comment: partition.comment }, alone)),
      ...rename(alone, to, schema, alter),
      ...columns.flatMap((next) => {
        const column = columnOf(old, next, schema)
        if (!next.identity || !column.identity || column.parent === null) return []
        const table = schema.need(column.parent, isTableObject)
        return [statement(to, setPosition(table, column, to, next, schema))]
      }),
    ]
  },
  hazards: (old, _to, schema, apart) =>
    apart && isPartitionPart(old) ? [{ code: 'may-fail', message: whenCutOff(old, schema) }] : [],
}

function withoutOthers(ids: Iterable<ObjectId>): readonly (readonly [ObjectId, readonly ObjectId[]])[] {
  return [...ids].map((id) => [id, []])
}

function ownOf(
  old: ObjectBase,
  before: Schema,
  to: ObjectBase,
  after: Schema,
  whole: ObjectId | null,
): ReadonlyMap<ObjectId, ObjectId> {
  const table = after.get(whole ?? '') ?? before.get(whole ?? '')
  return table ? ownParts(old, before, to, after, table) : new Map()
}

/** What a table and the partitioned one have in common before and after. */
function sharedParts(
  table: ObjectBase,
  schema: Schema,
  whole: ObjectId | null,
  before: Schema,
  after: Schema,
): readonly (readonly [ObjectId, readonly ObjectId[]])[] {
  const [was, is] = [before.get(whole ?? ''), after.get(whole ?? '')]
  if (!was || !is) return []
  const later = commonParts(table, schema, is, after)
  return [...commonParts(table, schema, was, before)].flatMap(([id, other]) =>
    later.get(id) === other ? [[id, [other]] as const] : [],
  )
}

/** Checks of a table that say what the bounds say. */
function boundChecks(table: ObjectBase, schema: Schema, condition: string | null): readonly ObjectBase[] {
  if (condition === null) return []
  return schema
    .childrenOf(table.id, isCheckPart)
    .filter(({ expression, notValid }) => expression === condition && !notValid)
}

/** PostgreSQL attaches nothing without the checks of the table above, which those above that hand on too. */
function lackingChecks(old: ObjectBase, to: ObjectBase, schema: Schema): readonly Check[] {
  const whole = schema.get(to.parent ?? '')
  if (!whole || !(isTableObject(whole) || isPartitionPart(whole))) return []
  const common = new Set(commonParts(old, schema, whole, schema).values())
  const checks = schema
    .childrenOf(whole.id, isCheckPart)
    .filter(({ id, noInherit }) => !noInherit && !common.has(id))
  return [...checks, ...lackingChecks(old, whole, schema)]
}

/** Those that the bounds stand for now. */
function passedChecks(old: ObjectBase, to: Partition, schema: Schema): readonly ObjectBase[] {
  const whole = schema.get(to.parent ?? '')
  const common = whole ? commonParts(old, schema, whole, schema) : new Map()
  const own = ownOf(old, schema, to, schema, to.parent)
  return boundChecks(old, schema, boundCondition(to, schema)).filter(
    ({ id }) => !common.has(id) && !own.has(id),
  )
}

/** A column as one of a partition, which has it from its table: but for what only a table passes on to nobody. */
function partOf(old: ObjectBase, { id }: Column, like: Column): Column {
  return { ...like, id, parent: old.id, identity: null, statistics: null, comment: null }
}

function columnOf(old: ObjectBase, like: Column, schema: Schema): Column {
  const column = columnsOf(old, schema).find(({ name }) => name === like.name)
  if (!column) throw new Error(`No column ${like.name} in ${old.name}`)
  return column
}

/** A column that the partitioned table gets or loses meanwhile, its partitions get or lose too. */
function keepsColumns(parent: ObjectId | null, before: Schema, after: Schema): boolean {
  const [was, is] = [before.get(parent ?? ''), after.get(parent ?? '')]
  return !was || !is || sameColumns(was, is, before, after)
}

/** By name; the rest of a column can be altered. */
function sameColumns(old: ObjectBase, to: ObjectBase, before: Schema, after: Schema): boolean {
  const columns = columnsOf(to, after)
  const known = new Map(columnsOf(old, before).map((column) => [column.name, column]))
  return (
    columns.length === known.size &&
    columns.every((column) => {
      const was = known.get(column.name)
      return (
        was !== undefined &&
        samePgType(was.type, column.type) &&
        was.collation === column.collation &&
        sameValue(was.generated, column.generated)
      )
    })
  )
}

function plainTable({ id, parent, name }: ObjectBase): Table {
  return { ...blankTable, id, parent, name }
}

function rename(from: ObjectBase, to: ObjectBase, schema: Schema, alter: AlterAll): readonly Statement[] {
  const moved = { ...from, parent: rootOf(to, schema).parent }
  const isElsewhere = namespaceOf(from, schema) !== namespaceOf(moved, schema)
  const move = `ALTER TABLE ${qualifiedName(from, schema)} SET SCHEMA ${qualifiedNameOf(moved.parent, schema)}`
  return [...(isElsewhere ? [statement(to, move)] : []), ...alter(moved, { ...moved, name: to.name })]
}

/** Detached, and without what it had because its table has it, so that its names are free. */
export function standAlone(partition: Partition, schema: Schema): readonly Statement[] {
  return [detach(partition, schema), statement(partition, dropInherited(qualifiedName(partition, schema)))]
}

/** PostgreSQL has no DETACH IF EXISTS, so the statement cannot run again by itself. */
function whenCutOff(partition: Partition, schema: Schema): string {
  const { sql } = detach(partition, schema)
  return `When it is cut off, ${partition.name} stays half detached: run ${sql} FINALIZE by hand, then count this file as run.`
}

/** `apart`: outside of transactions, while others read and write the table (docs ALTER TABLE). */
export function detach(partition: Partition, schema: Schema, apart = false): Statement {
  const table = qualifiedNameOf(partition.parent, schema)
  const sql = `ALTER TABLE ${table} DETACH PARTITION ${qualifiedName(partition, schema)}`
  return apart ? outside(partition, `${sql} CONCURRENTLY`) : statement(partition, sql)
}

export function attach(from: ObjectBase, to: Partition, schema: Schema): Statement {
  const table = qualifiedNameOf(to.parent, schema)
  return statement(from, `ALTER TABLE ${table} ATTACH PARTITION ${qualifiedName(from, schema)} ${to.bound}`)
}
