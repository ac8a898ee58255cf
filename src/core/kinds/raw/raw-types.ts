import type { ObjectId } from '../../model/object.ts'
import type { PgType } from '../../model/pg-type.ts'
import type { Schema } from '../../model/schema.ts'
import { identifiersIn } from '../../sql/identifiers.ts'
import { isRange } from '../range-type/range-type.kind.ts'
import { isRaw } from './raw.kind.ts'

const typeWords = new Set(['domain', 'composite type', 'range type', 'shell type'])

const known = new WeakMap<object, ReadonlyMap<string, readonly ObjectId[]>>()

/** What a type without an object may be: raw domains, composite and range types with its name, ranges with such sets. */
export function rawTypesOf(type: PgType, schema: Schema): readonly ObjectId[] {
  if (type.ref !== null) return []
  const names = typesByName(schema)
  if (names.size === 0) return []
  const name = identifiersIn(type.base).at(-1)?.name
  return (name === undefined ? undefined : names.get(name)) ?? []
}

function typesByName(schema: Schema): ReadonlyMap<string, readonly ObjectId[]> {
  const { objects } = schema.document
  const cached = known.get(objects)
  if (cached) return cached
  const names = new Map<string, ObjectId[]>()
  const add = (name: string, id: ObjectId) => names.set(name, [...(names.get(name) ?? []), id])
  for (const raw of schema.all(isRaw)) if (typeWords.has(raw.objectType)) add(raw.name, raw.id)
  for (const range of schema.all(isRange)) add(range.multirangeName, range.id)
  known.set(objects, names)
  return names
}
