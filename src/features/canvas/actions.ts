import type { Action } from '../../state/action.ts'
import { projectStore } from '../../state/project-store.ts'
import { sessionStore } from '../../state/session-store.ts'
import { canvasStore } from './canvas-store.ts'
import { copySelection, cutSelection, pasteClipboard } from './clipboard.ts'
import { selectAll } from './context-menu.ts'
import {
  arrange,
  duplicateSelection,
  newArea,
  newColumn,
  newNote,
  newTable,
  removeSelection,
  selectedTables,
} from './edits.ts'
import { rename } from './keyboard.ts'
import { rectOf } from './nodes.ts'
import { objectActions } from './object-actions.ts'
import { fitAll, fitRects, tableNodes, zoomBy, zoomTo } from './viewport.ts'

const isOpen = () => projectStore.getState().id !== null
const hasSelection = () => isOpen() && sessionStore.getState().selection.length > 0
const hasTable = () => isOpen() && selectedTables().length > 0

const drawingActions: readonly Action[] = [
  {
    id: 'canvas.new-table',
    title: 'New table',
    group: 'Canvas',
    icon: 'table-2',
    shortcut: 'T',
    keywords: ['create', 'add'],
    enabled: isOpen,
    run: () => newTable(),
  },
  {
    id: 'canvas.new-column',
    title: 'Add column',
    group: 'Canvas',
    icon: 'plus',
    shortcut: 'C',
    keywords: ['field', 'new'],
    enabled: hasTable,
    run: () => newColumn(),
  },
  {
    id: 'canvas.new-foreign-key',
    title: 'Draw foreign keys',
    group: 'Canvas',
    icon: 'spline',
    shortcut: 'L',
    keywords: ['relation', 'link', 'reference'],
    enabled: isOpen,
    run: () => canvasStore.setState(({ tool }) => ({ tool: tool === 'link' ? 'select' : 'link' })),
  },
  {
    id: 'canvas.new-area',
    title: 'New area',
    group: 'Canvas',
    icon: 'group',
    shortcut: 'A',
    keywords: ['frame', 'group'],
    enabled: isOpen,
    run: () => newArea(),
  },
  {
    id: 'canvas.new-note',
    title: 'New note',
    group: 'Canvas',
    icon: 'sticky-note',
    shortcut: 'N',
    keywords: ['text', 'comment'],
    enabled: isOpen,
    run: () => newNote(),
  },
  {
    id: 'edit.rename',
    title: 'Rename',
    group: 'Edit',
    icon: 'pencil',
    shortcut: 'F2',
    enabled: () => isOpen() && sessionStore.getState().selection.length === 1,
    run: () => void rename(sessionStore.getState().selection[0] ?? ''),
  },
  {
    id: 'edit.cut',
    title: 'Cut',
    group: 'Edit',
    enabled: hasSelection,
    run: cutSelection,
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    group: 'Edit',
    icon: 'copy',
    enabled: hasSelection,
    run: copySelection,
  },
  {
    id: 'edit.paste',
    title: 'Paste tables or SQL',
    group: 'Edit',
    icon: 'clipboard-paste',
    enabled: isOpen,
    run: pasteClipboard,
  },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    group: 'Edit',
    icon: 'square-stack',
    shortcut: 'Mod+D',
    enabled: hasSelection,
    run: duplicateSelection,
  },
  {
    id: 'edit.delete',
    title: 'Delete',
    group: 'Edit',
    icon: 'trash-2',
    shortcut: 'Delete',
    keywords: ['remove', 'drop'],
    enabled: hasSelection,
    run: removeSelection,
  },
  {
    id: 'edit.select-all',
    title: 'Select all',
    group: 'Edit',
    shortcut: 'Mod+A',
    enabled: isOpen,
    run: selectAll,
  },
  {
    id: 'canvas.arrange',
    title: 'Arrange tables',
    group: 'Canvas',
    icon: 'workflow',
    shortcut: 'Shift+A',
    keywords: ['auto', 'layout', 'tidy'],
    enabled: () => isOpen() && !canvasStore.getState().arranging,
    run: arrange,
  },
  {
    id: 'canvas.fit',
    title: 'Fit everything',
    group: 'Canvas',
    icon: 'maximize',
    shortcut: 'Shift+1',
    keywords: ['zoom', 'all'],
    enabled: isOpen,
    run: fitAll,
  },
  {
    id: 'canvas.fit-selection',
    title: 'Fit the selection',
    group: 'Canvas',
    icon: 'scan',
    shortcut: 'Shift+2',
    keywords: ['zoom'],
    enabled: hasTable,
    run: () => {
      const wanted = new Set(selectedTables())
      fitRects(
        tableNodes()
          .filter((node) => wanted.has(node.id))
          .map(rectOf),
        1,
      )
    },
  },
  {
    id: 'canvas.zoom-in',
    title: 'Zoom in',
    group: 'Canvas',
    icon: 'zoom-in',
    shortcut: 'Mod+=',
    enabled: isOpen,
    run: () => zoomBy(1.25),
  },
  {
    id: 'canvas.zoom-out',
    title: 'Zoom out',
    group: 'Canvas',
    icon: 'zoom-out',
    shortcut: 'Mod+-',
    enabled: isOpen,
    run: () => zoomBy(0.8),
  },
  {
    id: 'canvas.zoom-100',
    title: 'Zoom to 100 %',
    group: 'Canvas',
    shortcut: 'Mod+0',
    enabled: isOpen,
    run: () => zoomTo(1),
  },
  {
    id: 'canvas.minimap',
    title: 'Show or hide the minimap',
    group: 'Canvas',
    icon: 'map',
    shortcut: 'M',
    enabled: isOpen,
    run: () => canvasStore.setState(({ minimap }) => ({ minimap: !(minimap ?? tableNodes().length >= 30) })),
  },
]

/** Everything a person can do on the canvas, for the palette, menus and shortcuts. */
export const canvasActions: readonly Action[] = [...drawingActions, ...objectActions]
