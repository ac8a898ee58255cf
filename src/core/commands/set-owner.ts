import { isOwner, type Owner, ownerKind } from '../kinds/owner/owner.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'

interface SetOwner {
  readonly objects: readonly ObjectId[]
  /** A role's name; null: whoever runs the migration. */
  readonly role: string | null
  newId(): ObjectId
}

/** Gives objects to a role. Those that always belong to whom something else belongs stay out of it. */
export function setOwner(document: SchemaDocument, { objects, role, newId }: SetOwner): Patch {
  const schema = schemaOf(document)
  return edit(document, (draft) => {
    for (const object of objects.flatMap((id) => schema.get(id) ?? [])) {
      if (!mayHaveOwner(object)) continue
      const owner = ownerOf(object, schema)
      if (role === null) {
        if (owner) draft.remove(owner.id)
      } else {
        const blank: Owner = { ...ownerKind.sample, id: owner?.id ?? newId(), parent: object.id }
        draft.put({ ...(owner ?? blank), name: role })
      }
    }
  })
}

/** True for what can belong to a role of its own; a sequence of a column belongs to whom the table belongs. */
export function mayHaveOwner(object: ObjectBase): boolean {
  const isPart = (kindOf(object).droppedWith?.(object) ?? null) !== null
  return ownerKind.parents.includes(object.kind) && !isPart
}

export function ownerOf(object: ObjectBase, schema: Schema): Owner | undefined {
  return schema.childrenOf(object.id, isOwner)[0]
}
