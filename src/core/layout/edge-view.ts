import { isColumn } from '../kinds/column/column.kind.ts'
import { type ForeignKey, isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import type { EndNotation } from './edge-geometry.ts'
import { type ChangeMark, sameItems } from './table-view.ts'
import { anyNullable, areUnique } from './unique-keys.ts'

/** A foreign key as it is drawn: from the child's column to the parent's. */
export interface EdgeView {
  readonly id: ObjectId
  readonly fromTable: ObjectId
  readonly toTable: ObjectId
  readonly fromColumns: readonly ObjectId[]
  readonly toColumns: readonly ObjectId[]
  readonly child: EndNotation
  readonly parent: EndNotation
  /** "opportunities.account_id → accounts.id" */
  readonly label: string
  readonly change: ChangeMark | null
}

export type EdgeViews = ReadonlyMap<ObjectId, EdgeView>

/**
 * The edges of all foreign keys, and of those removed since the baseline. Views that did not change keep their
 * identity.
 */
export function edgeViews(
  document: SchemaDocument,
  baseline: SchemaDocument,
  previous: EdgeViews,
  marked = schemaOf(baseline).all(isTable).length > 0,
): EdgeViews {
  const schema = schemaOf(document)
  const before = schemaOf(baseline)
  const views = new Map<ObjectId, EdgeView>()
  const draw = (key: ForeignKey, own: Schema, change: ChangeMark | null) => {
    const parts = partsOf(key, own, change)
    const known = previous.get(key.id)
    const view = known && sameItems(madeFrom.get(known) ?? [], parts) ? known : edgeView(key, own, change)
    if (!view) return
    madeFrom.set(view, parts)
    views.set(view.id, view)
  }
  for (const key of schema.all(isForeignKey)) {
    const old = before.get(key.id)
    const change = !marked || old === key ? null : !old ? 'added' : sameValue(old, key) ? null : 'changed'
    draw(key, schema, change)
  }
  for (const key of marked ? before.all(isForeignKey) : []) {
    if (!schema.get(key.id)) draw(key, before, 'removed')
  }
  return views
}

/** What each view was made from, so that the next document makes only those anew whose parts changed. */
const madeFrom = new WeakMap<EdgeView, readonly unknown[]>()

function partsOf(key: ForeignKey, schema: Schema, change: ChangeMark | null): readonly unknown[] {
  const ends = [key.parent ?? '', key.referencedTable, ...key.referencedColumns].map((id) => schema.get(id))
  return [key, change, ...ends, ...schema.children(key.parent)]
}

function edgeView(key: ForeignKey, schema: Schema, change: ChangeMark | null): EdgeView | null {
  const from = schema.find(key.parent, isTable)
  const to = schema.find(key.referencedTable, isTable)
  if (!from || !to) return null
  return {
    id: key.id,
    fromTable: from.id,
    toTable: to.id,
    fromColumns: key.columns,
    toColumns: key.referencedColumns,
    // DbSchema's rule: the child's end from uniqueness, the parent's from nullability of the key columns.
    child: { many: !areUnique(key.columns, from.id, schema), optional: true },
    parent: { many: false, optional: anyNullable(key.columns, from.id, schema) },
    label: `${from.name}.${names(key.columns, schema)} → ${to.name}.${names(key.referencedColumns, schema)}`,
    change,
  }
}

function names(columns: readonly ObjectId[], schema: Schema): string {
  const list = columns.map((id) => schema.find(id, isColumn)?.name ?? '?')
  return list.length === 1 ? (list[0] ?? '') : `(${list.join(', ')})`
}
