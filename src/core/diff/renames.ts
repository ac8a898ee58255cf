import { readField } from '../kinds/field-access.ts'
import type { Field } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { renameIdentifiers } from '../sql/identifiers.ts'

/** Names that objects lost to a rename, with the new ones. */
export interface Renames {
  readonly anywhere: ReadonlyMap<string, string>
  /** By parent: what its other children say. */
  readonly siblings: ReadonlyMap<ObjectId, ReadonlyMap<string, string>>
}

/** What was renamed between two documents: same id, other name. */
export function renamesBetween(from: SchemaDocument, to: SchemaDocument): Renames {
  const anywhere = new Map<string, string>()
  const siblings = new Map<ObjectId, Map<string, string>>()
  for (const object of from.objects.values()) {
    const renamed = to.objects.get(object.id)
    if (!renamed || renamed.name === object.name) continue
    const { mentionedBy } = kindOf(object)
    if (mentionedBy === 'anything') anywhere.set(object.name, renamed.name)
    if (mentionedBy === 'siblings' && object.parent !== null) {
      const names = siblings.get(object.parent) ?? new Map<string, string>()
      siblings.set(object.parent, names.set(object.name, renamed.name))
    }
  }
  return { anywhere, siblings }
}

export function hasRenames(renames: Renames): boolean {
  return renames.anywhere.size > 0 || renames.siblings.size > 0
}

/**
 * The field's value as PostgreSQL prints it after the renames: stored expressions follow what they refer to. Columns
 * are renamed only in what lives beside them; a view keeps the old name as that of its output, so it does differ.
 */
export function renamedValue(
  object: ObjectBase,
  name: string,
  field: Field<ObjectBase, unknown>,
  renames: Renames,
): unknown {
  const value = readField(object, name)
  if (!field.expressions || !hasRenames(renames)) return value
  const siblings = object.parent === null ? undefined : renames.siblings.get(object.parent)
  return field.expressions.map(value, (text) =>
    renameIdentifiers(text, (identifier) => {
      const sibling = identifier.called ? undefined : siblings?.get(identifier.name)
      return sibling ?? renames.anywhere.get(identifier.name)
    }),
  )
}
