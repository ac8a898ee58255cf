import { readField } from '../../../core/kinds/field-access.ts'
import { isTexts } from '../../../core/kinds/fields.ts'
import type { ObjectBase, ObjectId } from '../../../core/model/object.ts'
import type { Schema } from '../../../core/model/schema.ts'
import { qualifiedName, qualifiedNameOf } from '../../../core/sql/names.ts'
import { ChosenList } from './ChosenList.tsx'
import type { EditorProps } from './editor-props.ts'

/** True for the object itself and what has it among its own, or among theirs. */
function leadsTo(id: ObjectId, from: ObjectBase, name: string, schema: Schema): boolean {
  const found = new Set([from.id])
  // A set that grows while it is walked is walked to its new end.
  for (const one of found) {
    const object = schema.get(one)
    const value = object && readField(object, name)
    if (isTexts(value)) for (const next of value) found.add(next)
  }
  return found.has(id)
}

/** Other objects, by name, in an order that counts. */
export function ObjectsEditor({ object, name, field, value, schema, set }: EditorProps) {
  const { editor } = field
  if (editor.type !== 'objects') return null
  const chosen: readonly ObjectId[] = isTexts(value) ? value : []
  const options = [...schema.document.objects.values()]
    .filter(
      (other) =>
        editor.kinds.includes(other.kind) &&
        !chosen.includes(other.id) &&
        !leadsTo(object.id, other, name, schema),
    )
    .map((other) => ({ value: other.id, label: qualifiedName(other, schema) }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
  return (
    <ChosenList
      chosen={chosen}
      nameOf={(id) => qualifiedNameOf(id, schema)}
      options={options}
      label={`Add to ${field.label.toLowerCase()}`}
      placeholder={chosen.length === 0 ? 'None' : 'Add another'}
      set={set}
    />
  )
}
