import { referencesOf } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'

interface RestoreObject {
  readonly object: ObjectId
  readonly baseline: SchemaDocument
}

/**
 * Brings an object back that was removed since the baseline, with what it lives in, what lives in it and what fell
 * with it because it refers to it: a table's keys, and the foreign keys that pointed to it.
 */
export function restoreObject(document: SchemaDocument, { object: id, baseline }: RestoreObject): Patch {
  const missing = [...baseline.objects.values()].filter((object) => !document.objects.has(object.id))
  const back = new Map<ObjectId, ObjectBase>()
  for (let object = baseline.objects.get(id); object && !document.objects.has(object.id); ) {
    back.set(object.id, object)
    object = object.parent === null ? undefined : baseline.objects.get(object.parent)
  }
  const isThere = (needed: ObjectId) => back.has(needed) || document.objects.has(needed)
  const family = new Set([id])
  for (let grew = back.size > 0; grew; ) {
    grew = false
    for (const object of missing) {
      if (back.has(object.id)) continue
      const needs = referencesOf(object, kindOf(object))
      const belongs = [object.parent ?? '', ...needs].some((needed) => family.has(needed))
      if (!belongs || ![...needs, ...(object.parent === null ? [] : [object.parent])].every(isThere)) continue
      back.set(object.id, object)
      family.add(object.id)
      grew = true
    }
  }
  return edit(document, (draft) => {
    for (const object of back.values()) {
      draft.put(object)
      const item = baseline.diagram.get(object.id)
      if (item) draft.draw(item)
    }
  })
}
