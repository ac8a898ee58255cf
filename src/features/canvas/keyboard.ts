import type { KeyboardEvent } from 'react'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import { isView } from '../../core/kinds/view/view.kind.ts'
import type { EdgeViews } from '../../core/layout/edge-view.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { documentStore } from '../../state/document-store.ts'
import { select, sessionStore } from '../../state/session-store.ts'
import { canvasStore, focusNode, setExpanded, setTool } from './canvas-store.ts'
import { newColumn, nudge } from './edits.ts'
import { handleLinkKey, startKeyboardLink } from './link-keys.ts'
import { type Direction, firstNode, nearest, nextInOrder, stepTo } from './navigation.ts'
import { type CanvasNode, isTableNode } from './nodes.ts'
import { tablesShowing } from './tables-showing.ts'
import type { Diagram } from './use-diagram.ts'
import { revealNodes } from './viewport.ts'

/** Keys on the canvas, on a table and in its rows. What is handled here does not reach the page's shortcuts. */
export function handleCanvasKey(event: KeyboardEvent, diagram: Diagram): void {
  if (event.metaKey || event.ctrlKey || isTyping(event.target)) return
  const handled = canvasStore.getState().link ? handleLinkKey(event.key, diagram) : handleKey(event, diagram)
  if (!handled) return
  event.preventDefault()
  event.stopPropagation()
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea') !== null
}

function handleKey(event: KeyboardEvent, diagram: Diagram): boolean {
  const { focus, focusRow } = canvasStore.getState()
  const node = focus === null ? undefined : diagram.nodes.get(focus)
  const direction = directionOf(event.key)
  if (direction && event.altKey) {
    nudge(...stepTo(direction, event.shiftKey ? 32 : 8))
    return true
  }
  if (focusRow !== null && node && isTableNode(node))
    return handleRowKey(event.key, node.id, focusRow, diagram)
  if (direction) return goTo(node ? nearest(node, direction, diagram) : firstNode(diagram))
  switch (event.key) {
    case 'Tab':
      return goInOrder(node, event.shiftKey ? -1 : 1, diagram)
    case 'Enter':
      return node !== undefined && enter(node)
    case 'F2':
      return node !== undefined && rename(node.id)
    case ' ':
      if (node) select([node.id])
      return node !== undefined
    case 'Escape':
      return leave()
    default:
      return false
  }
}

function handleRowKey(key: string, table: ObjectId, row: ObjectId, diagram: Diagram): boolean {
  const rows = diagram.views.get(table)?.view.rows ?? []
  const at = rows.findIndex((candidate) => candidate.id === row)
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown': {
      const next = rows[at + (key === 'ArrowDown' ? 1 : -1)]
      if (!next && key === 'ArrowDown') setExpanded(table, true)
      return goToRow(table, next?.id ?? row)
    }
    case 'Home':
    case 'End': {
      const end = key === 'Home' ? rows[0] : rows.at(-1)
      return end ? goToRow(table, end.id) : false
    }
    case 'ArrowRight':
    case 'ArrowLeft':
      return followEdge(row, diagram.edges) || true
    case 'Enter':
    case 'F2':
      return rename(row)
    case 'Tab':
      return goTo(nextInOrder(diagram.nodes.get(table), 1, diagram))
    case 'f':
    case 'F':
      startKeyboardLink(row, table)
      return true
    case 'Insert':
      newColumn(table)
      return true
    case 'Escape':
      select([table])
      focusNode(table)
      return true
    default:
      return false
  }
}

function directionOf(key: string): Direction | null {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown' ? key : null
}

function goTo(node: CanvasNode | undefined): boolean {
  if (!node) return false
  select([node.id])
  revealNodes([node.id])
  focusNode(node.id)
  return true
}

function goToRow(table: ObjectId, row: ObjectId): boolean {
  select([row])
  focusNode(table, row)
  return true
}

/** Past the last table the Tab key leaves the canvas. */
function goInOrder(node: CanvasNode | undefined, step: 1 | -1, diagram: Diagram): boolean {
  return goTo(nextInOrder(node, step, diagram))
}

function enter(node: CanvasNode): boolean {
  if (!isTableNode(node)) return rename(node.id)
  const row = node.data.view.rows[0]
  setExpanded(node.id, true)
  if (row && !node.data.view.isView) return goToRow(node.id, row.id)
  newColumn(node.id)
  return true
}

/** Opens the name for editing: in place where it is drawn, otherwise in the inspector. */
export function rename(id: string): boolean {
  const { document } = documentStore.getState()
  const object = document.objects.get(id)
  if (!object && !document.diagram.has(id)) return false
  if (object && !isTable(object) && !isView(object) && !isColumn(object)) {
    sessionStore.setState({ inspectorOpen: true })
    return true
  }
  if (object && isColumn(object)) setExpanded(object.parent ?? '', true)
  revealNodes(tablesShowing([id]), { readable: true })
  sessionStore.setState({ renaming: id })
  return true
}

function leave(): boolean {
  const { selection } = sessionStore.getState()
  if (canvasStore.getState().tool !== 'select') {
    setTool('select')
    return true
  }
  if (selection.length === 0) return false
  select([])
  return true
}

/** From a foreign key's column to what it refers to, or from a key to the first that refers to it. */
function followEdge(row: ObjectId, edges: EdgeViews): boolean {
  const schema = schemaOf(documentStore.getState().document)
  for (const edge of edges.values()) {
    const target = edge.fromColumns.includes(row)
      ? edge.toColumns[0]
      : edge.toColumns.includes(row)
        ? edge.fromColumns[0]
        : undefined
    const column = schema.find(target, isColumn)
    if (!column || column.parent === null) continue
    revealNodes([column.parent])
    return goToRow(column.parent, column.id)
  }
  return false
}
