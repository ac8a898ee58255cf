import type { Node } from '@xyflow/react'
import type { Rect } from '../../core/layout/node-size.ts'
import type { TableView } from '../../core/layout/table-view.ts'
import type { Area, Note, TableColour } from '../../core/model/diagram.ts'
import type { NodeMarks } from './problem-marks.ts'

export type TableNodeType = Node<
  { readonly view: TableView; readonly colour: TableColour; readonly marks: NodeMarks },
  'table'
>
export type NoteNodeType = Node<{ readonly note: Note }, 'note'>
export type AreaNodeType = Node<{ readonly area: Area }, 'area'>
export type CanvasNode = TableNodeType | NoteNodeType | AreaNodeType

export function isTableNode(node: CanvasNode): node is TableNodeType {
  return node.type === 'table'
}

/** True for what is drawn only to show that it was removed since the baseline. */
export function isGhost(node: CanvasNode): boolean {
  return isTableNode(node) && node.data.view.change === 'removed'
}

/** True for what the keyboard goes to. */
export function isReachable(node: CanvasNode): boolean {
  return node.type !== 'area' && !isGhost(node)
}

export function rectOf(node: CanvasNode): Rect {
  return {
    x: node.position.x,
    y: node.position.y,
    width: node.width ?? 0,
    height: node.height ?? 0,
  }
}
