import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import type { Draft } from '../model/edit.ts'
import type { ObjectBase } from '../model/object.ts'

/** Puts the object; a primary key makes its columns NOT NULL, as PostgreSQL does (docs 5.5.4). */
export function putWithKeyColumns(draft: Draft, object: ObjectBase): void {
  draft.put(object)
  if (!isPrimaryKey(object)) return
  for (const id of object.columns) {
    const column = draft.objects.get(id)
    if (!column || !isColumn(column) || column.notNull) continue
    const filled: Column = { ...column, notNull: true }
    draft.put(filled)
  }
}
