import { fieldsOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { ObjectBase } from '../model/object.ts'

/** The object's keys in a fixed order: identity, the kind's fields, then what the kind does not know. */
export function ordered(object: ObjectBase): Readonly<Record<string, unknown>> {
  const values: Readonly<Record<string, unknown>> = { ...object }
  const known = ['id', 'kind', 'parent', 'name', ...fieldsOf(kindOf(object)).map(([name]) => name)]
  const unknown = Object.keys(values)
    .filter((key) => !known.includes(key))
    .sort()
  return Object.fromEntries([...new Set([...known, ...unknown])].map((key) => [key, sorted(values[key])]))
}

/** Records inside a value with their keys in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
