import { addCheck, addIndex, addTrigger, addUnique, setPrimaryKey } from '../../core/commands/add-parts.ts'
import { moveColumn } from '../../core/commands/columns.ts'
import { restoreObject } from '../../core/commands/restore-object.ts'
import { setField } from '../../core/commands/set-field.ts'
import { type Column, isColumn } from '../../core/kinds/column/column.kind.ts'
import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../../core/kinds/primary-key/primary-key.kind.ts'
import { nounOf } from '../../core/kinds/registry.ts'
import type { Point } from '../../core/layout/node-size.ts'
import { tableColours } from '../../core/model/diagram.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { dispatch, documentStore } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { projectStore } from '../../state/project-store.ts'
import { openDialog, select, sessionStore, show } from '../../state/session-store.ts'
import type { MenuEntry } from '../../ui/menu-entry.ts'
import { copySelection, cutSelection, pasteClipboard } from './clipboard.ts'
import {
  arrange,
  colourSelection,
  duplicateSelection,
  newArea,
  newColumn,
  newNote,
  newTable,
  removeSelection,
} from './edits.ts'
import { rename } from './keyboard.ts'
import { startKeyboardLink } from './link-keys.ts'
import { addObject, newObjectEntries } from './object-actions.ts'
import { fitAll } from './viewport.ts'

/** What was clicked with the secondary button. */
export interface MenuTarget {
  readonly row: ObjectId | null
  readonly table: ObjectId | null
  readonly edge: ObjectId | null
  /** In canvas px. */
  readonly at: Point
}

const line: MenuEntry = { type: 'separator' }

/** The lines of the context menu, by what is under the pointer. */
export function menuFor(target: MenuTarget): readonly MenuEntry[] {
  const { document } = documentStore.getState()
  const schema = schemaOf(document)
  const gone = removedAt(target, document)
  if (gone) return [restoreEntry(gone)]
  const column = schema.find(target.row, isColumn)
  if (column) return columnMenu(column, document)
  const key = schema.find(target.edge, isForeignKey)
  if (key) return edgeMenu(key.id, key.columns, key.referencedTable, key.parent)
  const item = target.table === null ? undefined : document.diagram.get(target.table)
  if (target.table !== null && document.objects.get(target.table)?.kind === 'table')
    return tableMenu(target.table)
  if (target.table !== null && (item || document.objects.has(target.table)))
    return itemMenu(target.table, item?.kind)
  return canvasMenu(target.at)
}

/** What is drawn there because it was removed since the baseline. */
function removedAt({ row, edge, table }: MenuTarget, document: SchemaDocument): ObjectBase | undefined {
  const { baseline } = projectStore.getState()
  const ids = [row, edge, table].filter((id) => id !== null && !document.objects.has(id))
  // Of a removed table all rows are removed: the table is meant.
  const id = ids.includes(table) ? table : ids[0]
  return baseline.objects.get(id ?? '')
}

function restoreEntry(object: ObjectBase): MenuEntry {
  const noun = nounOf(object)
  return {
    label: `Restore ${noun} ${object.name}`,
    icon: 'undo-2',
    run: () => {
      const { baseline } = projectStore.getState()
      dispatch(`Restore ${noun}`, (document) => restoreObject(document, { object: object.id, baseline }))
      select([object.id])
    },
  }
}

function canvasMenu(at: Point): readonly MenuEntry[] {
  return [
    { label: 'New table', icon: 'table-2', shortcut: 'T', run: () => newTable(at) },
    { type: 'folder', label: 'New', icon: 'plus', entries: newObjectEntries() },
    { label: 'New note', icon: 'sticky-note', shortcut: 'N', run: () => newNote(at) },
    { label: 'New area', icon: 'group', shortcut: 'A', run: () => newArea(at) },
    line,
    { label: 'Paste', icon: 'clipboard-paste', shortcut: 'Mod+V', run: () => void pasteClipboard() },
    { label: 'Import SQL', icon: 'file-input', run: () => openDialog('import') },
    line,
    { label: 'Select all', shortcut: 'Mod+A', run: selectAll },
    { label: 'Fit', icon: 'maximize', shortcut: 'Shift+1', run: fitAll },
    { label: 'Arrange', icon: 'workflow', shortcut: 'Shift+A', run: () => void arrange() },
  ]
}

/** Everything on the canvas. */
export function selectAll(): void {
  const { objects, diagram } = documentStore.getState().document
  const drawn = [...objects.values()].filter((object) => object.kind === 'table' || object.kind === 'view')
  const items = [...diagram.values()].filter((item) => item.kind !== 'placement')
  select([...drawn, ...items].map(({ id }) => id))
}

function tableMenu(table: ObjectId): readonly MenuEntry[] {
  return [
    { label: 'Rename', icon: 'pencil', shortcut: 'F2', run: () => void rename(table) },
    { label: 'Add column', icon: 'plus', shortcut: 'C', run: () => newColumn(table) },
    {
      type: 'folder',
      label: 'Add',
      icon: 'list-tree',
      entries: [
        {
          label: 'Index',
          icon: 'list-tree',
          run: () =>
            addObject('Add index', (document, id) =>
              addIndex(document, { id, table, columns: firstColumn(table) }),
            ),
        },
        {
          label: 'Unique key',
          icon: 'key-round',
          run: () =>
            addObject('Add unique key', (document, id) =>
              addUnique(document, { id, table, columns: firstColumn(table) }),
            ),
        },
        {
          label: 'Check',
          icon: 'list-checks',
          run: () => addObject('Add check', (document, id) => addCheck(document, { id, table })),
        },
        {
          label: 'Trigger',
          icon: 'zap',
          run: () => addObject('Add trigger', (document, id) => addTrigger(document, { id, table })),
        },
      ],
    },
    colourMenu([table]),
    line,
    ...editEntries(),
  ]
}

function firstColumn(table: ObjectId): readonly ObjectId[] {
  return schemaOf(documentStore.getState().document)
    .childrenOf(table, isColumn)
    .slice(0, 1)
    .map(({ id }) => id)
}

function columnMenu(column: Column, document: SchemaDocument): readonly MenuEntry[] {
  const { id: columnId, parent } = column
  const table = parent ?? ''
  const schema = schemaOf(document)
  const columns = schema.childrenOf(table, isColumn)
  const at = columns.findIndex((other) => other.id === columnId)
  const primary = schema.childrenOf(table, isPrimaryKey)[0]?.columns ?? []
  const isPrimary = primary.includes(columnId)
  const part = { table, columns: [columnId] }
  const move = (to: number) =>
    dispatch('Move column', (current) => moveColumn(current, { column: columnId, to }))
  return [
    { label: 'Edit', icon: 'pencil', shortcut: 'F2', run: () => void rename(columnId) },
    { label: 'Add column', icon: 'plus', shortcut: 'C', run: () => newColumn(table) },
    {
      label: 'Not null',
      checked: column.notNull,
      run: () =>
        dispatch(column.notNull ? 'Allow null' : 'Set not null', (current) =>
          setField(current, { object: columnId, field: 'notNull', value: !column.notNull }),
        ),
    },
    {
      label: 'Primary key',
      checked: isPrimary,
      disabled: isPrimary,
      run: () =>
        dispatch('Set primary key', (current) =>
          setPrimaryKey(current, { id: newId(), table, columns: [...primary, columnId] }),
        ),
    },
    line,
    { label: 'Draw foreign key', icon: 'spline', shortcut: 'F', run: () => drawFrom(columnId, table) },
    {
      label: 'Add index',
      icon: 'list-tree',
      run: () => addObject('Add index', (current, id) => addIndex(current, { id, ...part })),
    },
    {
      label: 'Add unique key',
      icon: 'key-round',
      run: () => addObject('Add unique key', (current, id) => addUnique(current, { id, ...part })),
    },
    {
      label: 'Add check',
      icon: 'list-checks',
      run: () => addObject('Add check', (current, id) => addCheck(current, { id, table, column: columnId })),
    },
    line,
    { label: 'Move up', icon: 'arrow-up', disabled: at <= 0, run: () => move(at - 1) },
    { label: 'Move down', icon: 'arrow-down', disabled: at >= columns.length - 1, run: () => move(at + 1) },
    line,
    ...editEntries(),
  ]
}

function drawFrom(column: ObjectId, table: ObjectId): void {
  startKeyboardLink(column, table)
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-row="${CSS.escape(column)}"]`)?.focus()
  })
}

function edgeMenu(
  key: ObjectId,
  columns: readonly ObjectId[],
  parent: ObjectId,
  child: ObjectId | null,
): readonly MenuEntry[] {
  return [
    { label: 'Edit in inspector', icon: 'panel-right', run: () => openInspector(key) },
    { label: 'Show parent table', icon: 'arrow-right', run: () => show([parent]) },
    { label: 'Show child table', icon: 'arrow-left', run: () => show([child ?? '']) },
    {
      label: 'Add index on the key',
      icon: 'list-tree',
      run: () =>
        addObject('Add index', (document, id) => addIndex(document, { id, table: child ?? '', columns })),
    },
    line,
    { label: 'Delete', icon: 'trash-2', shortcut: 'Delete', danger: true, run: removeSelection },
  ]
}

function openInspector(id: ObjectId): void {
  select([id])
  sessionStore.setState({ inspectorOpen: true })
}

function itemMenu(id: string, kind: string | undefined): readonly MenuEntry[] {
  const coloured = kind === 'note' ? [] : [colourMenu([id])]
  return [
    { label: 'Edit', icon: 'pencil', shortcut: 'F2', run: () => void rename(id) },
    ...coloured,
    line,
    ...editEntries(),
  ]
}

function colourMenu(ids: readonly string[]): MenuEntry {
  const { selection } = sessionStore.getState()
  const chosen = ids.every((id) => selection.includes(id)) ? selection : ids
  return {
    type: 'folder',
    label: 'Colour',
    icon: 'palette',
    entries: tableColours.map((colour) => ({
      label: colour === 'none' ? 'None' : colour.charAt(0).toUpperCase() + colour.slice(1),
      swatch: `var(--table-${colour})`,
      run: () => colourSelection(colour, chosen),
    })),
  }
}

function editEntries(): readonly MenuEntry[] {
  return [
    { label: 'Cut', shortcut: 'Mod+X', run: () => void cutSelection() },
    { label: 'Copy', icon: 'copy', shortcut: 'Mod+C', run: () => void copySelection() },
    { label: 'Duplicate', icon: 'square-stack', shortcut: 'Mod+D', run: duplicateSelection },
    { label: 'Delete', icon: 'trash-2', shortcut: 'Delete', danger: true, run: removeSelection },
  ]
}
