import { fieldOf, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'

interface SetFields {
  readonly object: ObjectId
  readonly values: Readonly<Record<string, unknown>>
}

/** Sets several fields of one object as one edit; not for names. Throws for values that `valid` refuses. */
export function setFields(document: SchemaDocument, { object: id, values }: SetFields): Patch {
  const object = document.objects.get(id)
  if (!object) throw new Error(`No object ${id}`)
  const kind = kindOf(object)
  return edit(document, (draft) => {
    const next = Object.entries(values).reduce((sum, [name, value]) => {
      if (!fieldOf(kind, name)?.valid(value)) throw new Error(`Not a value for ${object.kind}.${name}`)
      return withField(sum, name, value)
    }, object)
    draft.put(next)
  })
}
