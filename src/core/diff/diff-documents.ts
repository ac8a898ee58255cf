import { fieldsOf, readField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase } from '../model/object.ts'
import type { Change } from './change.ts'
import { mayMeanAnother, namesWhatLeft, type Renames, renamedValue, renamesBetween } from './renames.ts'

/**
 * The differences between two documents, paired by id. Expressions are compared as text, after renames: give canonical
 * documents where the wording of expressions must not matter.
 */
export function diffDocuments(from: SchemaDocument, to: SchemaDocument): readonly Change[] {
  if (from.objects === to.objects) return []
  const renames = renamesBetween(from, to)
  const changes: Change[] = []
  for (const object of to.objects.values()) {
    const before = from.objects.get(object.id)
    if (before === object && !mayMeanAnother(object, renames)) continue
    if (!before) {
      changes.push({ type: 'added', id: object.id, to: object })
    } else if (before.kind !== object.kind) {
      changes.push(
        { type: 'removed', id: before.id, from: before },
        { type: 'added', id: object.id, to: object },
      )
    } else {
      const fields = changedFields(before, object, renames)
      if (fields.length > 0)
        changes.push({ type: 'changed', id: object.id, from: before, to: object, fields })
    }
  }
  for (const object of from.objects.values()) {
    if (!to.objects.has(object.id)) changes.push({ type: 'removed', id: object.id, from: object })
  }
  return changes
}

/** Names of the fields that differ, in the kind's order; `parent` first when it moved. */
export function changedFields(from: ObjectBase, to: ObjectBase, renames: Renames): readonly string[] {
  const fields = fieldsOf(kindOf(to))
    .filter(([name, field]) => {
      if (field.compared === false) return false
      const value = readField(to, name)
      // The same text means something else where another object has a name in it by now.
      const isText = field.expressions !== undefined && !field.namesTypes
      if (!isText && sameValue(readField(from, name), value)) return false
      return (
        namesWhatLeft(from, name, field, renames) ||
        !sameValue(renamedValue(from, name, field, renames), value)
      )
    })
    .map(([name]) => name)
  return from.parent === to.parent ? fields : ['parent', ...fields]
}
