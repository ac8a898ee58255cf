import { isColumn } from '../kinds/column/column.kind.ts'
import { type ForeignKey, isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import type { ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'

/**
 * Tables of the schema, referenced ones before those that refer to them. A circle is cut where a reference may be null,
 * else there is no such order.
 */
export function tablesInInsertOrder(schema: Schema): readonly Table[] {
  const order = new Set<ObjectId>()
  const tables: Table[] = []
  const visiting = new Set<ObjectId>()
  const visit = (id: ObjectId) => {
    const table = schema.find(id, isTable)
    if (!table || order.has(id) || visiting.has(id)) return
    visiting.add(id)
    for (const referenced of requiredBy(id, schema)) visit(referenced)
    for (const { referencedTable: next } of schema.childrenOf(id, isForeignKey)) {
      if (!wayTo(next, (other) => visiting.has(other), schema, order)) visit(next)
    }
    visiting.delete(id)
    order.add(id)
    tables.push(table)
  }
  for (const { id } of schema.all(isTable)) visit(id)
  return tables
}

/** The tables of a circle of references that must all be given, from this one on; null where it is in none. */
export function circleOf({ id }: Table, schema: Schema): readonly Table[] | null {
  for (const next of requiredBy(id, schema)) {
    const way = next === id ? null : wayTo(next, (other) => other === id, schema)
    if (way) return [id, ...way.slice(0, -1)].flatMap((one) => schema.find(one, isTable) ?? [])
  }
  return null
}

function requiredBy(id: ObjectId, schema: Schema): readonly ObjectId[] {
  return schema
    .childrenOf(id, isForeignKey)
    .filter((foreignKey) => isRequired(foreignKey, schema))
    .map(({ referencedTable }) => referencedTable)
}

function isRequired({ columns, match }: ForeignKey, schema: Schema): boolean {
  const given = columns.map((id) => schema.find(id, isColumn)?.notNull === true)
  return match === 'full' ? given.includes(true) : !given.includes(false)
}

/** From a table over references that must be given to one that is sought; null: none is reached. */
function wayTo(
  from: ObjectId,
  isSought: (id: ObjectId) => boolean,
  schema: Schema,
  passed: ReadonlySet<ObjectId> = new Set(),
): readonly ObjectId[] | null {
  const seen = new Set<ObjectId>()
  const way: ObjectId[] = []
  const go = (id: ObjectId): boolean => {
    if (seen.has(id) || passed.has(id)) return false
    seen.add(id)
    way.push(id)
    if (isSought(id) || requiredBy(id, schema).some(go)) return true
    way.pop()
    return false
  }
  return go(from) ? way : null
}
