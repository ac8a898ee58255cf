import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import {
  isCheckPart,
  isColumnPart,
  isForeignKeyPart,
  isIndexPart,
  isPrimaryKeyPart,
  isTableObject,
  isUniquePart,
} from '../parts-of-tables.ts'

/**
 * The keys, indexes, foreign keys and checks of `table` that it has in common with the partitioned `whole`, by id, with the
 * ids of those: ATTACH PARTITION merges them, and DETACH PARTITION leaves them behind (docs ALTER TABLE).
 */
export function commonParts(
  table: ObjectBase,
  schema: Schema,
  whole: ObjectBase,
  home: Schema,
): ReadonlyMap<ObjectId, ObjectId> {
  const theirs = new Map<string, ObjectBase>()
  const doubles = new Set([...doubledSlots(table, schema), ...doubledSlots(whole, home)])
  for (const part of home.children(whole.id)) {
    const shape = shapeOf(part, home)
    if (shape !== null) theirs.set(shape, part)
  }
  const common = schema.children(table.id).flatMap((part): readonly [ObjectId, ObjectId][] => {
    const other = theirs.get(shapeOf(part, schema) ?? '')
    const isClear = !doubles.has(slotOf(part, schema) ?? '')
    return other && isClear && part.comment === null ? [[part.id, other.id]] : []
  })
  return new Map(common)
}

/** By part of `one`, the same of `other` under the same name, where `whole` has nothing that it could merge with. */
export function ownParts(
  one: ObjectBase,
  schema: Schema,
  other: ObjectBase,
  later: Schema,
  whole: ObjectBase,
): ReadonlyMap<ObjectId, ObjectId> {
  const facts = (part: ObjectBase, home: Schema): string | null => {
    const { id: _, parent: __, ...rest } = part
    const shape = part.kind === 'grant' || part.kind === 'owner' ? JSON.stringify(rest) : shapeOf(part, home)
    return shape && JSON.stringify([part.name, part.comment, shape])
  }
  const theirs = new Map(later.children(other.id).map((part) => [facts(part, later), part.id]))
  const taken = new Set(
    [schema, later].flatMap((home) =>
      home.children(whole.id).map((part) => slotOf(part, home) ?? shapeOf(part, home)),
    ),
  )
  const own = schema.children(one.id).flatMap((part): readonly [ObjectId, ObjectId][] => {
    const same = theirs.get(facts(part, schema) ?? '')
    const slot = slotOf(part, schema) ?? shapeOf(part, schema)
    return same !== undefined && (slot === null || !taken.has(slot)) ? [[part.id, same]] : []
  })
  return new Map(own)
}

/** The parts that a partition of `whole` has and `table` lacks; null where only PostgreSQL could tell. */
export function lackingParts(
  table: ObjectBase,
  schema: Schema,
  whole: ObjectBase,
): readonly ObjectBase[] | null {
  const found = new Set(commonParts(table, schema, whole, schema).values())
  const wanted = schema
    .children(whole.id)
    .filter((part) => merging.has(part.kind) && !(isCheckPart(part) && part.noInherit))
  const lacking = wanted.filter(({ id }) => !found.has(id))
  const others = schema.children(table.id)
  const slots = new Set(others.flatMap((part) => slotOf(part, schema) ?? []))
  const isUnclear = (part: ObjectBase) =>
    shapeOf(part, schema) === null ||
    slots.has(slotOf(part, schema) ?? '') ||
    (isPrimaryKeyPart(part) && others.some(isPrimaryKeyPart)) ||
    (isCheckPart(part) && others.some((other) => isCheckPart(other) && other.name === part.name))
  return lacking.some(isUnclear) || doubledSlots(whole, schema).length > 0 ? null : lacking
}

/** Kinds of which partitions have what their table has. */
export const merging: ReadonlySet<string> = new Set([
  'primary key',
  'unique',
  'index',
  'foreign key',
  'check',
])

/** Of two with the same keys nobody knows which one PostgreSQL merges. */
function doubledSlots({ id }: ObjectBase, schema: Schema): readonly string[] {
  const slots = schema.children(id).flatMap((part) => slotOf(part, schema) ?? [])
  return slots.filter((slot, place) => slots.indexOf(slot) !== place)
}

/** What PostgreSQL compares of two indexes, or less: kinds of constraint, orders and settings do not count. */
function slotOf(part: ObjectBase, schema: Schema): string | null {
  const names = namesIn(schema)
  if (isIndexPart(part)) {
    const keys = part.keys.map(({ column, expression }) => [names([column ?? ''])[0], expression])
    return JSON.stringify([part.method, keys])
  }
  if (isForeignKeyPart(part)) return shapeOf(part, schema)
  if (!isPrimaryKeyPart(part) && !isUniquePart(part)) return null
  return JSON.stringify(['btree', names(part.columns).map((name) => [name, null])])
}

/** All that it is but for its name, where it is not known by that; null: nothing merges. */
function shapeOf(part: ObjectBase, schema: Schema): string | null {
  const names = namesIn(schema)
  const facts = (values: readonly unknown[]) => JSON.stringify([part.kind, ...values])
  if (isIndexPart(part)) {
    const { method, unique, nullsNotDistinct, keys, include, where, with: settings, tablespace } = part
    const named = keys.map((key) => ({ ...key, column: names([key.column ?? ''])[0] }))
    return facts([method, unique, nullsNotDistinct, named, names(include), where, settings, tablespace])
  }
  if (isPrimaryKeyPart(part)) return facts([names(part.columns), names(part.include), part.deferral])
  if (isUniquePart(part))
    return facts([names(part.columns), names(part.include), part.nullsNotDistinct, part.deferral])
  if (isForeignKeyPart(part) && !part.notValid) {
    const { columns, referencedTable, referencedColumns, onUpdate, onDelete, onDeleteColumns } = part
    const actions = [onUpdate, onDelete, names(onDeleteColumns), part.match, part.deferral]
    const table = schema.get(referencedTable)
    // What refers to partitions has parts of its own by each of them.
    if (!table || !isTableObject(table) || table.partitionBy !== null) return null
    return facts([names(columns), referencedTable, referencedColumns, ...actions])
  }
  if (isCheckPart(part) && !part.notValid && !part.noInherit && part.local)
    return facts([part.name, part.expression])
  return null
}

function namesIn(schema: Schema): (ids: readonly ObjectId[]) => readonly (string | null)[] {
  return (ids) => ids.map((id) => schema.find(id, isColumnPart)?.name ?? null)
}
