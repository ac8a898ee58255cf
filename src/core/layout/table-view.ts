import { isCheck } from '../kinds/check/check.kind.ts'
import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isIndex } from '../kinds/index/index.kind.ts'
import { isPartition } from '../kinds/partition/partition.kind.ts'
import { isPolicy } from '../kinds/policy/policy.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import { isTrigger } from '../kinds/trigger/trigger.kind.ts'
import { isView, type View } from '../kinds/view/view.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { displayPgType } from '../model/pg-type.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { namespaceOf, typeName } from '../sql/names.ts'
import { nodeMeasures, nodeSize, type Size } from './node-size.ts'
import { uniqueKeysOf } from './unique-keys.ts'

/** How an object differs from the baseline. */
export type ChangeMark = 'added' | 'changed' | 'removed'

/** One row of a table node. */
export interface RowView {
  readonly id: ObjectId
  readonly name: string
  readonly type: string
  readonly key: 'primary' | 'foreign' | null
  readonly unique: boolean
  readonly generated: boolean
  readonly nullable: boolean
  readonly change: ChangeMark | null
  /** Default, generation and comment, for the tooltip; empty when there are none. */
  readonly details: string
}

/** All that a node shows of a table or view, except what is wrong with it. */
export interface TableView {
  readonly id: ObjectId
  readonly isView: boolean
  readonly name: string
  readonly namespace: string
  readonly comment: string | null
  readonly rows: readonly RowView[]
  /** Columns beyond those shown. */
  readonly hidden: number
  /** It has more rows than are shown unless a person asks for all. */
  readonly foldable: boolean
  readonly columnCount: number
  readonly indexes: number
  readonly checks: number
  readonly triggers: number
  /** Those it is divided into directly. */
  readonly partitions: number
  readonly policies: number
  /** Row-level security is on: its policies count. */
  readonly rowSecurity: boolean
  readonly change: ChangeMark | null
  readonly size: Size
}

/** Views with what they were made from, so that the next document makes only those anew whose parts changed. */
export type TableViews = ReadonlyMap<
  ObjectId,
  { readonly parts: readonly unknown[]; readonly view: TableView }
>

/** Which rows are shown of a table with too many columns. */
interface RowChoice {
  /** Objects with problems: shown first. */
  readonly urgent: ReadonlySet<ObjectId>
  /** Tables and views of which all rows are shown. */
  readonly expanded: ReadonlySet<ObjectId>
}

/**
 * The views of all tables and views, those removed since the baseline last. Unless `marked`, nothing shows as a
 * change: of what is drawn from nothing all would. Where a table has too many columns, those with problems and those with an edge are shown first.
 */
export function tableViews(
  document: SchemaDocument,
  baseline: SchemaDocument,
  choice: RowChoice,
  previous: TableViews,
  marked = hasTables(baseline),
): TableViews {
  const schema = schemaOf(document)
  const before = baseline === document || !marked ? null : schemaOf(baseline)
  const referenced = referencedColumns(schema)
  const views = new Map<ObjectId, { parts: readonly unknown[]; view: TableView }>()
  for (const object of document.objects.values()) {
    if (!isTable(object) && !isView(object)) continue
    const parts = partsOf(object, schema, before, referenced, choice)
    const known = previous.get(object.id)
    if (known && sameItems(known.parts, parts)) views.set(object.id, known)
    else {
      const view = isTable(object)
        ? tableView(object, schema, before, referenced, choice)
        : viewView(object, schema, before, choice)
      views.set(object.id, { parts, view })
    }
  }
  for (const object of before?.document.objects.values() ?? []) {
    if (document.objects.has(object.id) || (!isTable(object) && !isView(object))) continue
    views.set(object.id, removedView(object, before ?? schema, previous.get(object.id)))
  }
  return views
}

/** No row is asked for. */
export const folded: RowChoice = { urgent: new Set(), expanded: new Set() }

/** A table or view that was removed since the baseline, as it was. */
function removedView(
  object: Table | View,
  before: Schema,
  known: { readonly parts: readonly unknown[]; readonly view: TableView } | undefined,
): { readonly parts: readonly unknown[]; readonly view: TableView } {
  const parts = ['removed', object, ...before.children(object.id)]
  if (known && sameItems(known.parts, parts)) return known
  const view = isTable(object)
    ? tableView(object, before, null, new Set(), folded)
    : viewView(object, before, null, folded)
  return { parts, view: { ...view, change: 'removed' } }
}

function hasTables(document: SchemaDocument): boolean {
  for (const object of document.objects.values()) if (isTable(object)) return true
  return false
}

function partsOf(
  object: Table | View,
  schema: Schema,
  before: Schema | null,
  referenced: ReadonlySet<ObjectId>,
  choice: RowChoice,
): readonly unknown[] {
  const children = schema.children(object.id)
  const types = children.map((child) =>
    isColumn(child) && child.type.ref !== null ? schema.get(child.type.ref) : null,
  )
  const parts: unknown[] = [object, schema.get(object.parent ?? ''), ...children, ...types]
  if (before) parts.push(before.get(object.id), ...before.children(object.id))
  else parts.push(null)
  if (children.length > nodeMeasures.maxRows) {
    parts.push(choice.expanded.has(object.id))
    for (const child of children) {
      if (referenced.has(child.id) || choice.urgent.has(child.id)) parts.push(child.id)
    }
  }
  return parts
}

/** Equal length, and the same thing at every place. */
export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

function tableView(
  table: Table,
  schema: Schema,
  before: Schema | null,
  referenced: ReadonlySet<ObjectId>,
  choice: RowChoice,
): TableView {
  const children = schema.children(table.id)
  const primary = new Set(children.filter(isPrimaryKey).flatMap((key) => key.columns))
  const foreign = new Set(children.filter(isForeignKey).flatMap((key) => key.columns))
  const unique = new Set(uniqueKeysOf(table.id, schema).flatMap((key) => (key.length === 1 ? key : [])))
  const change = before ? markOf(table, before) : null
  const marksRows = before !== null && change !== 'added'
  const rowOf = (column: Column, mark: ChangeMark | null, own: Schema): RowView => ({
    id: column.id,
    name: column.name,
    type: displayPgType(column.type, () => typeName({ ...column.type, modifiers: '', dimensions: 0 }, own)),
    key: primary.has(column.id) ? 'primary' : foreign.has(column.id) ? 'foreign' : null,
    unique: !primary.has(column.id) && unique.has(column.id),
    generated: column.generated !== null,
    nullable: !column.notNull && !primary.has(column.id),
    change: mark,
    details: detailsOf(column),
  })
  const columns = children.filter(isColumn)
  const gone = marksRows ? before.childrenOf(table.id, isColumn).filter((old) => !schema.get(old.id)) : []
  const all = [
    ...columns.map((column) => ({
      ordinal: column.ordinal,
      row: rowOf(column, marksRows ? markOf(column, before) : null, schema),
    })),
    ...gone.map((column) => ({ ordinal: column.ordinal, row: rowOf(column, 'removed', before ?? schema) })),
  ]
    .sort((a, b) => a.ordinal - b.ordinal)
    .map(({ row }) => row)
  const isFirst = (row: RowView) => row.key !== null || referenced.has(row.id) || choice.urgent.has(row.id)
  const rows = choice.expanded.has(table.id) ? all : shownRows(all, isFirst)
  const namespace = namespaceOf(table, schema) ?? ''
  return {
    id: table.id,
    isView: false,
    name: table.name,
    namespace,
    comment: table.comment,
    rows,
    hidden: all.length - rows.length,
    foldable: all.length > nodeMeasures.maxRows,
    columnCount: columns.length,
    indexes: children.filter(isIndex).length,
    checks: children.filter(isCheck).length,
    triggers: children.filter(isTrigger).length,
    partitions: children.filter(isPartition).length,
    policies: children.filter(isPolicy).length,
    rowSecurity: table.rowSecurity,
    change: change ?? (before && partsChanged(table, schema, before) ? 'changed' : null),
    size: sizeOf(table.name, namespace, rows, all.length > nodeMeasures.maxRows),
  }
}

function viewView(view: View, schema: Schema, before: Schema | null, choice: RowChoice): TableView {
  const all = view.columns.map((column, index): RowView => {
    const space = column.startsWith('"') ? column.indexOf('"', 1) + 1 : column.indexOf(' ')
    return {
      id: `${view.id}/${index}`,
      name: space > 0 ? column.slice(0, space) : column,
      type: space > 0 ? column.slice(space + 1) : '',
      key: null,
      unique: false,
      generated: false,
      nullable: false,
      change: null,
      details: '',
    }
  })
  const rows = choice.expanded.has(view.id) ? all : all.slice(0, nodeMeasures.maxRows)
  const namespace = namespaceOf(view, schema) ?? ''
  return {
    id: view.id,
    isView: true,
    name: view.name,
    namespace,
    comment: view.comment,
    rows,
    hidden: all.length - rows.length,
    foldable: all.length > nodeMeasures.maxRows,
    columnCount: all.length,
    indexes: 0,
    checks: 0,
    triggers: schema.childrenOf(view.id, isTrigger).length,
    partitions: 0,
    policies: 0,
    rowSecurity: false,
    change: before ? markOf(view, before) : null,
    size: sizeOf(view.name, namespace, rows, all.length > nodeMeasures.maxRows),
  }
}

function sizeOf(name: string, namespace: string, rows: readonly RowView[], foldable: boolean): Size {
  const texts = rows.map((row) => ({
    name: row.name,
    type: row.type,
    chips: Number(row.unique) + Number(row.generated),
    bold: row.key === 'primary',
  }))
  return nodeSize(name, namespace, texts, foldable)
}

function shownRows(rows: readonly RowView[], first: (row: RowView) => boolean): readonly RowView[] {
  if (rows.length <= nodeMeasures.maxRows) return rows
  const ranked = [...rows.filter(first), ...rows.filter((row) => !first(row))]
  const shown = new Set(ranked.slice(0, nodeMeasures.maxRows))
  return rows.filter((row) => shown.has(row))
}

function markOf(object: ObjectBase, before: Schema): ChangeMark | null {
  const old = before.get(object.id)
  if (!old) return 'added'
  return old === object || sameValue(old, object) ? null : 'changed'
}

/** Anything but columns: those carry their own marks. */
function partsChanged(table: Table, schema: Schema, before: Schema): boolean {
  const parts = schema.children(table.id).filter((child) => !isColumn(child))
  const old = before.children(table.id).filter((child) => !isColumn(child))
  return old.length !== parts.length || parts.some((part) => markOf(part, before) !== null)
}

function detailsOf(column: Column): string {
  const facts = [
    column.default === null ? '' : `Default ${column.default}`,
    column.generated === null ? '' : `Generated as ${column.generated.expression}`,
    column.identity === null ? '' : `Generated ${column.identity.generation} as identity`,
    column.comment ?? '',
  ]
  return facts.filter((fact) => fact !== '').join('\n')
}

function referencedColumns(schema: Schema): ReadonlySet<ObjectId> {
  return new Set(schema.all(isForeignKey).flatMap((key) => key.referencedColumns))
}
