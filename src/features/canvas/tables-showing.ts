import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { documentStore } from '../../state/document-store.ts'
import { tableOf } from './problem-marks.ts'

/** The nodes that show these objects: a foreign key is shown by both its tables. */
export function tablesShowing(
  ids: readonly string[],
  document = documentStore.getState().document,
): readonly ObjectId[] {
  const schema = schemaOf(document)
  return ids.flatMap((id) => {
    const key = schema.find(id, isForeignKey)
    const table = tableOf(id, schema)
    if (key) return [key.referencedTable, ...(table === null ? [] : [table])]
    if (table !== null) return [table]
    return document.diagram.has(id) ? [id] : []
  })
}
