import { removalOf, removeObjects } from '../../core/commands/remove-objects.ts'
import { renameObject } from '../../core/commands/rename.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import { dispatch, documentStore } from '../../state/document-store.ts'
import { select } from '../../state/session-store.ts'
import { toast } from '../../ui/toast.ts'

/** Renames as one undoable edit; an empty or unchanged name leaves all as it is. */
export function renameFromExplorer(object: ObjectBase, name: string): void {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed === object.name) return
  dispatch(`Rename ${kindOf(object).label.toLowerCase()}`, (document) =>
    renameObject(document, { object: object.id, name: trimmed }),
  )
}

/** Removes objects with what falls with them, and says what had to stay. */
export function removeFromExplorer(ids: readonly ObjectId[]): void {
  const { document } = documentStore.getState()
  const objects = ids.flatMap((id) => document.objects.get(id) ?? [])
  const [first] = objects
  if (!first) return
  const { kept } = removalOf(document, ids)
  const what = objects.length === 1 ? kindOf(first).label.toLowerCase() : `${objects.length} objects`
  dispatch(`Delete ${what}`, (current) => removeObjects(current, ids))
  select([])
  for (const { object, usedBy } of kept) {
    const name = document.objects.get(object)?.name ?? ''
    const users = usedBy.flatMap((id) => document.objects.get(id)?.name ?? []).join(', ')
    toast(`${name} stays`, { description: `It is used by ${users}.` })
  }
}
