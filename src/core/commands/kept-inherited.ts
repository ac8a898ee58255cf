import { fieldsOf, readField } from '../kinds/field-access.ts'
import { type Inheritable, inheritedFrom, isInheritable } from '../kinds/inheritance.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'

/**
 * What was asked of inherited parts and did not happen in `next`, since they follow the table that they come from: a
 * sentence for a person. null: all of it happened.
 */
export function keptInherited(asked: Patch, next: SchemaDocument): string | null {
  const { changed, removed } = asked.objects
  const schema = schemaOf(next)
  for (const [id, { from, to }] of changed) {
    const now = schema.find(id, isInheritable)
    if (now && now !== to && isAnyKept(from, to, now)) return sentence(now, 'change', schema)
  }
  for (const part of removed.values()) {
    const again = isInheritable(part) && schema.named(part.parent, part.name, isInheritable)
    if (again && again.kind === part.kind) return sentence(again, 'drop', schema)
  }
  return null
}

function isAnyKept(from: ObjectBase, to: ObjectBase, now: ObjectBase): boolean {
  return fieldsOf(kindOf(from)).some(([name]) => {
    const was = readField(from, name)
    return !sameValue(was, readField(to, name)) && sameValue(was, readField(now, name))
  })
}

function sentence(part: Inheritable, what: string, schema: Schema): string {
  const [source] = inheritedFrom(part, schema)
  const table = (id: string | null | undefined) => schema.get(id ?? '')?.name ?? 'another table'
  return `${part.name} of ${table(part.parent)} is inherited: ${what} it in ${table(source?.parent)}.`
}
