import { fieldsOf } from '../kinds/field-access.ts'
import type { Kind } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import type { ObjectBase } from '../model/object.ts'

const knownKeys = new WeakMap<Kind<ObjectBase>, ReadonlySet<string>>()

/** The object's keys in a fixed order: identity, the kind's fields, then what the kind does not know. */
export function ordered(object: ObjectBase): Readonly<Record<string, unknown>> {
  const kind = kindOf(object)
  const known =
    knownKeys.get(kind) ?? new Set(['id', 'kind', 'parent', 'name', ...fieldsOf(kind).map(([name]) => name)])
  knownKeys.set(kind, known)
  const values: Readonly<Record<string, unknown>> = { ...object }
  const written: Record<string, unknown> = {}
  for (const key of known) written[key] = sorted(values[key])
  for (const key of Object.keys(values).sort()) if (!known.has(key)) written[key] = sorted(values[key])
  return written
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
