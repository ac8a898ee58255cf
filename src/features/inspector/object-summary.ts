import { fieldsOf, readField } from '../../core/kinds/field-access.ts'
import { isTexts } from '../../core/kinds/fields.ts'
import { indexKind, isIndex } from '../../core/kinds/index/index.kind.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import type { Schema } from '../../core/model/schema.ts'

/** What a list shows after a name: "btree, partial", "first_name, last_name", "amount >= 0". */
export function summaryOf(object: ObjectBase, schema: Schema): string {
  if (isIndex(object)) {
    const traits = [
      object.method,
      object.unique && indexKind.fields.unique.label.toLowerCase(),
      object.where !== null && 'partial',
    ]
    return traits.filter(Boolean).join(', ')
  }
  for (const [name, field] of fieldsOf(kindOf(object))) {
    const value = readField(object, name)
    if (field.editor.type === 'columns' && isTexts(value) && value.length > 0) {
      return value.map((id) => schema.get(id)?.name ?? '?').join(', ')
    }
    if (field.editor.type === 'expression' && typeof value === 'string') return value
    if (field.editor.type === 'trigger-events' && isTexts(value)) return value.join(', ')
  }
  return ''
}
