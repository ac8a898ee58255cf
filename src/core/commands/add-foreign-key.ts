import { blankColumn, type Column, isColumn } from '../kinds/column/column.kind.ts'
import { type ForeignKey, isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import { areUnique, uniqueKeysOf } from '../layout/unique-keys.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { joinName, type NewId, proposeName, singular } from './naming.ts'

interface AddForeignKey {
  readonly id: ObjectId
  readonly newId: NewId
  /** The child: the table that gets the constraint. */
  readonly table: ObjectId
  /** Its key columns; absent, or null at a place: made, named after what they refer to. */
  readonly columns?: readonly (ObjectId | null)[]
  readonly referencedTable: ObjectId
  /** Default: the primary key, or the first unique key. */
  readonly referencedColumns?: readonly ObjectId[]
}

/**
 * A foreign key. Columns it has to make are nullable, of the referenced types, and called `account_id` for
 * `accounts.id` (`parent_id` when a table refers to itself; `accountId` where names are written so). Without any column
 * to refer to, nothing changes.
 */
export function addForeignKey(document: SchemaDocument, args: AddForeignKey): Patch {
  return edit(document, (draft) => {
    const schema = schemaOf(document)
    const table = schema.need(args.table, isTable)
    const parent = schema.need(args.referencedTable, isTable)
    const referenced = (args.referencedColumns ?? keyOf(parent.id, schema)).map((id) =>
      schema.need(id, isColumn),
    )
    if (referenced.length === 0) return
    const made = newColumns(table, parent, referenced, schema, args.newId)
    const columns = made.map(
      (column, place) => schema.find(args.columns?.[place] ?? undefined, isColumn) ?? column,
    )
    for (const column of columns) if (made.includes(column)) draft.put(column)
    const name = joinName([table.name, ...columns.map((column) => column.name)], 'fkey')
    const key: ForeignKey = {
      id: args.id,
      kind: 'foreign key',
      parent: table.id,
      name: proposeName('foreign key', table.id, name, schema),
      comment: null,
      columns: columns.map((column) => column.id),
      referencedTable: parent.id,
      referencedColumns: referenced.map((column) => column.id),
      onUpdate: 'no action',
      onDelete: 'no action',
      onDeleteColumns: [],
      match: 'simple',
      deferral: 'not deferrable',
      notValid: false,
    }
    draft.put(key)
  })
}

function newColumns(
  table: Table,
  parent: Table,
  referenced: readonly Column[],
  schema: Schema,
  newId: NewId,
): Column[] {
  const last = schema.childrenOf(table.id, isColumn).at(-1)?.ordinal ?? 0
  const made: Column[] = []
  for (const [index, target] of referenced.entries()) {
    made.push({
      ...blankColumn,
      id: newId(),
      parent: table.id,
      name: proposeName('column', table.id, columnName(table, parent, target, schema), schema),
      ordinal: last + index + 1,
      type: target.type,
      collation: target.collation,
    })
  }
  return made
}

function columnName(table: Table, parent: Table, target: Column, schema: Schema): string {
  const stem = table.id === parent.id ? 'parent' : singular(parent.name)
  if (writesCamelCase(schema)) {
    const end = target.name.charAt(0).toUpperCase() + target.name.slice(1)
    const start =
      stem.charAt(0).toLowerCase() +
      stem.slice(1).replaceAll(/_(\w)/g, (_, next: string) => next.toUpperCase())
    return target.name.startsWith(start) ? target.name : `${start}${end}`
  }
  return target.name.startsWith(`${stem}_`) ? target.name : `${stem}_${target.name}`
}

/** Whether most columns whose names have several words join them by capitals. */
function writesCamelCase(schema: Schema): boolean {
  const names = schema.all(isColumn).map(({ name }) => name)
  const camel = names.filter((name) => /^[a-z]+[a-z0-9]*[A-Z]/.test(name)).length
  return camel > names.filter((name) => /[a-z0-9]_[a-z0-9]/.test(name)).length
}

/**
 * The columns of a table that are probably meant to refer to these: called as a new one would be, or alike, of a type
 * that fits and without a foreign key; null where there is none.
 */
export function proposeKeyColumns(
  tableId: ObjectId,
  referenced: readonly ObjectId[],
  schema: Schema,
): readonly (ObjectId | null)[] {
  const table = schema.need(tableId, isTable)
  const used = new Set(schema.childrenOf(table.id, isForeignKey).flatMap((key) => key.columns))
  const free = schema.childrenOf(table.id, isColumn).filter((column) => !used.has(column.id))
  return referenced.map((id) => {
    const target = schema.need(id, isColumn)
    const parent = schema.need(target.parent ?? '', isTable)
    const names = [
      columnName(table, parent, target, schema),
      ...(table.id === parent.id ? [] : [target.name]),
    ]
    const found = names
      .filter((name) => name !== 'id')
      .flatMap((name) => free.find((column) => column.name === name && typesFit(column, target)) ?? [])
    return found[0]?.id ?? null
  })
}

/** What a column that refers to another is called: `account_id` for `accounts.id`. */
export function keyColumnName(tableId: ObjectId, referenced: ObjectId, schema: Schema): string {
  const target = schema.need(referenced, isColumn)
  const parent = schema.need(target.parent ?? '', isTable)
  return columnName(schema.need(tableId, isTable), parent, target, schema)
}

/** The columns that a foreign key to this table refers to unless told otherwise. */
export function keyOf(table: ObjectId, schema: Schema): readonly ObjectId[] {
  const primary = schema.childrenOf(table, isPrimaryKey)[0]
  return primary?.columns ?? uniqueKeysOf(table, schema)[0] ?? []
}

interface LinkColumn {
  readonly id: ObjectId
  readonly newId: NewId
  /** The column whose handle was dragged. */
  readonly from: ObjectId
  /** The table or column it was dropped on. */
  readonly to: ObjectId
}

/**
 * The foreign key a drag means. Dropped on a column: the end that is unique is the parent, and the target where both
 * are or neither is. Dropped on a table: a key column makes a new column there that refers to it; any other column
 * refers to the table's key.
 */
export function linkColumn(document: SchemaDocument, { id, newId, from, to }: LinkColumn): Patch {
  const schema = schemaOf(document)
  const source = schema.need(from, isColumn)
  const table = schema.need(source.parent ?? '', isTable)
  const isKey = areUnique([source.id], table.id, schema)
  const target = schema.find(to, isColumn)
  if (!target) {
    return isKey
      ? addForeignKey(document, {
          id,
          newId,
          table: to,
          referencedTable: table.id,
          referencedColumns: [source.id],
        })
      : addForeignKey(document, { id, newId, table: table.id, columns: [source.id], referencedTable: to })
  }
  const targetTable = schema.need(target.parent ?? '', isTable)
  const backwards = isKey && !areUnique([target.id], targetTable.id, schema)
  return addForeignKey(document, {
    id,
    newId,
    table: backwards ? targetTable.id : table.id,
    columns: [backwards ? target.id : source.id],
    referencedTable: backwards ? table.id : targetTable.id,
    referencedColumns: [backwards ? source.id : target.id],
  })
}

/** True when PostgreSQL can compare the two columns in a foreign key: the same type, or two integer types. */
export function typesFit(a: Column, b: Column): boolean {
  if (a.type.ref !== null || b.type.ref !== null) return a.type.ref === b.type.ref
  if (a.type.dimensions > 0 !== b.type.dimensions > 0) return false
  return (
    a.type.base === b.type.base ||
    families.some((family) => family.has(a.type.base) && family.has(b.type.base))
  )
}

/** Types with equality operators across them in one btree family (docs 36.16, table of operator families). */
const families: readonly ReadonlySet<string>[] = [
  new Set(['smallint', 'integer', 'bigint', 'numeric']),
  new Set(['text', 'character varying', 'name']),
  new Set(['real', 'double precision']),
  new Set(['date', 'timestamp without time zone', 'timestamp with time zone']),
]
