import { addSchema } from '../../core/commands/add-objects.ts'
import { moveToSchema, schemasFor } from '../../core/commands/move-to-schema.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import { applyPatch, squashPatches } from '../../core/model/patch.ts'
import type { Schema } from '../../core/model/schema.ts'
import { namespaceOf } from '../../core/sql/names.ts'
import { dispatch } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { Select } from '../../ui/Select.tsx'
import { FieldRow } from '../../ui/TextField.tsx'
import { openObject } from './open-object.ts'

interface SchemaRowProps {
  readonly objects: readonly ObjectBase[]
  readonly schema: Schema
}

const newSchema = 'new'

/** The schema that the objects are in, and the way to another; nothing for what has no schema of its own. */
export function SchemaRow({ objects, schema }: SchemaRowProps) {
  const movable = objects.filter((object) => schemasFor(object, schema).length > 0)
  const [first] = movable
  if (!first) return null
  const options = schemasFor(first, schema).map((object) => ({ value: object.id, label: object.name }))
  const places = new Set(movable.map((object) => object.parent))
  return (
    <FieldRow label="Schema">
      <Select
        label="Schema"
        value={places.size === 1 ? first.parent : null}
        placeholder={[...new Set(movable.map((object) => namespaceOf(object, schema)))].join(', ')}
        options={[...options, { value: newSchema, label: 'New schema', icon: 'plus' }]}
        onChange={(namespace) => {
          const ids = movable.map((object) => object.id)
          if (namespace === newSchema) moveToNew(ids)
          else dispatch('Move to schema', (document) => moveToSchema(document, { objects: ids, namespace }))
        }}
      />
    </FieldRow>
  )
}

/** Makes a schema for the objects, and opens it so that it gets its name. */
function moveToNew(objects: readonly ObjectId[]): void {
  const namespace = newId()
  dispatch('Move to a new schema', (document) => {
    const added = addSchema(document, { id: namespace })
    return squashPatches(added, moveToSchema(applyPatch(document, added), { objects, namespace }))
  })
  openObject(namespace)
}
