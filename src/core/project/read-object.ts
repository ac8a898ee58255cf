import { fieldsOf } from '../kinds/field-access.ts'
import type { Kind } from '../kinds/kind.ts'
import { isKindName, kinds } from '../kinds/registry.ts'
import type { ObjectBase } from '../model/object.ts'
import { type Json, type Say, textOf } from './json-parts.ts'

/** An object of a file, checked by its kind; null, and a complaint, where this version cannot keep it. */
export function readObject(written: Json, part: string, say: Say): ObjectBase | null {
  const { id, kind, parent, name } = written
  if (typeof kind !== 'string' || !isKindName(kind)) {
    say(
      'error',
      'unknown-kind',
      `“${textOf(name)}” in ${part} is a ${String(kind)}, which this version does not know.`,
    )
    return null
  }
  if (typeof id !== 'string' || id === '' || !(parent === null || typeof parent === 'string')) {
    say('error', 'no-identity', `${kind} “${textOf(name)}” in ${part} lacks its id or parent.`)
    return null
  }
  const described: Kind<ObjectBase> = kinds[kind]
  const fields = fieldsOf(described)
  const entry = withNewFields(written, fields)
  let valid = true
  for (const [field, { label, valid: isValid }] of fields) {
    if (isValid(entry[field])) continue
    valid = false
    say(
      'error',
      'invalid-field',
      `${label} of ${kind} “${textOf(name)}” in ${part} is ${JSON.stringify(entry[field])}.`,
    )
  }
  if (!valid) return null
  const known = new Set(['id', 'kind', 'parent', ...fields.map(([field]) => field)])
  for (const key of Object.keys(entry)) {
    if (known.has(key)) continue
    say(
      'warning',
      'unknown-field',
      `${kind} “${textOf(name)}” has a field “${key}” that this version keeps but ignores.`,
    )
  }
  // The loop above has checked every property against the kind's own guards.
  return entry as unknown as ObjectBase
}

/** Fields that the file is too old to have, with what they mean by not being there. */
function withNewFields(entry: Json, fields: ReturnType<typeof fieldsOf>): Json {
  const missing = fields.filter(
    ([name, { initially }]) => initially !== undefined && !Object.hasOwn(entry, name),
  )
  return missing.length === 0
    ? entry
    : { ...entry, ...Object.fromEntries(missing.map(([name, { initially }]) => [name, initially])) }
}
