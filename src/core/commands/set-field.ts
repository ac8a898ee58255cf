import { fieldOf, fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { keyOf } from './add-foreign-key.ts'
import { putWithKeyColumns } from './key-columns.ts'
import { renameObject } from './rename.ts'

interface SetField {
  readonly object: ObjectId
  readonly field: string
  readonly value: unknown
}

/**
 * Sets one field of one object; a new name is also written into the expressions that use it. Throws for a field the
 * kind does not have or a value its `valid` refuses: editors ask `valid` first.
 */
export function setField(document: SchemaDocument, { object, field, value }: SetField): Patch {
  if (field === 'name' && typeof value === 'string') return renameObject(document, { object, name: value })
  return setFields(document, {
    object,
    values: { [field]: value, ...columnsOfNewTable(document, { object, field, value }) },
  })
}

/** Columns of a table that another field names are of no use once it names another table: that one's key instead. */
function columnsOfNewTable(
  document: SchemaDocument,
  { object: id, field, value }: SetField,
): Readonly<Record<string, readonly ObjectId[]>> {
  const object = document.objects.get(id)
  if (!object || typeof value !== 'string' || readField(object, field) === value) return {}
  const following = fieldsOf(kindOf(object)).filter(
    ([, { editor }]) => editor.type === 'columns' && editor.of === field,
  )
  return Object.fromEntries(following.map(([name]) => [name, keyOf(value, schemaOf(document))]))
}

interface SetFields {
  readonly object: ObjectId
  readonly values: Readonly<Record<string, unknown>>
}

/** Sets several fields at once, none of them the name. Throws as `setField` does. */
export function setFields(document: SchemaDocument, { object: id, values }: SetFields): Patch {
  const object = document.objects.get(id)
  if (!object) throw new Error(`No object ${id}`)
  let next = object
  for (const [field, value] of Object.entries(values)) {
    const rule = fieldOf(kindOf(object), field)
    if (!rule?.valid(value)) throw new Error(`Not a value for ${object.kind}.${field}`)
    next = withField(next, field, value)
  }
  const namedAfter = document.objects.get(kindOf(next).namedAfter?.(next) ?? '')
  if (namedAfter) next = { ...next, name: namedAfter.name }
  return edit(document, (draft) => putWithKeyColumns(draft, next))
}
