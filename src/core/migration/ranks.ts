import { kindOf } from '../kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { groupOf } from './scopes.ts'

/**
 * Where an action on the object comes among those that nothing else puts in order: table by table, as they are in the
 * documents. What goes for good goes `last`, backwards.
 */
export function rankOf(
  object: ObjectBase,
  schema: Schema,
  places: ReadonlyMap<ObjectId, number>,
  turn: 'first' | 'usual' | 'last',
): readonly number[] {
  const { foundation = false } = kindOf(object)
  const group = groupOf(object, schema)
  const ordinal = 'ordinal' in object && typeof object.ordinal === 'number' ? object.ordinal : 0
  const place = [
    orderOf(group),
    places.get(group.id) ?? 0,
    group === object ? 0 : orderOf(object),
    ordinal,
    places.get(object.id) ?? 0,
  ]
  if (turn === 'last') return [foundation ? 5 : 4, ...place.map((part) => -part)]
  return [foundation ? 0 : turn === 'first' ? 1 : 2, ...place]
}

function orderOf(object: ObjectBase): number {
  const kind = kindOf(object)
  return kind.orderOf?.(object) ?? kind.order
}
