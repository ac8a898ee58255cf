import type { ObjectId } from '../../core/model/object.ts'
import { copyText } from '../../state/files.ts'
import { show } from '../../state/session-store.ts'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import { removeFromExplorer } from './explorer-edits.ts'
import type { ExplorerRow } from './explorer-rows.ts'

/** The context menu of a line. */
export function rowEntries(
  row: ExplorerRow | null,
  selection: readonly ObjectId[],
  can: { readonly rename: (id: ObjectId) => void; readonly unfold: (id: string) => void },
): readonly MenuEntry[] {
  if (row === null) return []
  if (row.type === 'group') {
    return row.count === 0
      ? []
      : [{ label: `Unfold ${row.text.toLowerCase()}`, run: () => can.unfold(row.id) }]
  }
  const several = selection.length > 1 && selection.includes(row.id)
  const name = row.object.name
  return [
    { label: 'Show on the canvas', icon: 'scan-search', run: () => show(several ? selection : [row.id]) },
    { label: 'Rename', icon: 'pencil', shortcut: 'F2', disabled: several, run: () => can.rename(row.id) },
    { label: 'Copy name', icon: 'copy', run: () => void copyText(name) },
    { type: 'separator' },
    {
      label: several ? `Delete ${selection.length} objects` : 'Delete',
      icon: 'trash-2',
      shortcut: 'Delete',
      danger: true,
      run: () => removeFromExplorer(several ? selection : [row.id]),
    },
  ]
}
