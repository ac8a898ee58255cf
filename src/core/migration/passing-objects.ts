import { fieldOf, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { ObjectBase } from '../model/object.ts'
import { writtenWithDerived } from './actions.ts'
import { deferredFields } from './deferred.ts'
import type { Side } from './side.ts'

/** The current object with what only the catalogue knew of it when the plan began. */
export function writtenNow(current: ObjectBase, from: Side): ObjectBase {
  if (!from.written.objects.has(current.id)) return current
  const known = writtenWithDerived(from, current.id)
  return { ...known, ...current, ...derivedOf(known) }
}

function derivedOf(object: ObjectBase): Partial<ObjectBase> {
  const kind = kindOf(object)
  return Object.fromEntries(Object.entries(object).filter(([name]) => fieldOf(kind, name)?.derived === true))
}

/** The object as it is created: what is set only later is not set yet. */
export function withDeferredUnset(object: ObjectBase): ObjectBase {
  return deferredFields(object).reduce((result, name) => {
    const field = fieldOf(kindOf(object), name)
    return field?.deferred ? withField(result, name, field.deferred.unset) : result
  }, object)
}

/** Eight characters that depend on the id alone (FNV-1a, 32 bits). */
export function shortHash(id: string): string {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
