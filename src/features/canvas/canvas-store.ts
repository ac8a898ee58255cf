import type { ReactFlowInstance } from '@xyflow/react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Point } from '../../core/layout/node-size.ts'
import type { ObjectId } from '../../core/model/object.ts'
import type { CanvasNode } from './nodes.ts'

/** What a press on the canvas does. */
type Tool = 'select' | 'link'

/** A foreign key being drawn. */
interface LinkDraft {
  readonly from: ObjectId
  readonly fromTable: ObjectId
  /** The table or column it would be dropped on. */
  readonly over: ObjectId | null
  /** Where the pointer is, in canvas px; null when drawn with the keyboard. */
  readonly at: Point | null
}

/** A column being typed that is not in the document yet. */
interface ColumnDraft {
  readonly table: ObjectId
  /** Changes with each new row, so that the editor starts afresh. */
  readonly key: number
}

/** What the canvas alone has to know; none of it is saved. */
interface CanvasState {
  readonly flow: ReactFlowInstance<CanvasNode> | null
  readonly tool: Tool
  readonly minimap: boolean | null
  readonly hoveredEdge: ObjectId | null
  /** A table under the pointer when zoomed out. */
  readonly hoveredNode: ObjectId | null
  readonly link: LinkDraft | null
  readonly draft: ColumnDraft | null
  /** The table that Tab stops at. */
  readonly focus: ObjectId | null
  /** The row in it that the keyboard is on. */
  readonly focusRow: ObjectId | null
  /** The focused table or row shall take the browser's focus; it answers once. */
  readonly focusWanted: boolean
  /** Positions while something is dragged; null otherwise. */
  readonly dragged: ReadonlyMap<string, Point> | null
  readonly arranging: boolean
  /** Rows with an edge on their right side: their handle is on the left. */
  readonly takenRight: ReadonlySet<ObjectId>
  /** Tables of which all columns are shown, however many. */
  readonly expanded: ReadonlySet<ObjectId>
}

export const canvasStore = createStore<CanvasState>(() => ({
  flow: null,
  tool: 'select',
  minimap: null,
  hoveredEdge: null,
  hoveredNode: null,
  link: null,
  draft: null,
  focus: null,
  focusRow: null,
  focusWanted: false,
  dragged: null,
  arranging: false,
  takenRight: new Set(),
  expanded: new Set(),
}))

export function useCanvas<T>(select: (state: CanvasState) => T): T {
  return useStore(canvasStore, select)
}

/** Moves the keyboard to a table, or to one of its rows. */
export function focusNode(table: ObjectId | null, row: ObjectId | null = null): void {
  canvasStore.setState({ focus: table, focusRow: row, focusWanted: true })
}

/** Shows all columns of a table, or only the first again. */
export function setExpanded(table: ObjectId, expanded: boolean): void {
  const now = canvasStore.getState().expanded
  if (now.has(table) === expanded) return
  const next = new Set(now)
  if (expanded) next.add(table)
  else next.delete(table)
  canvasStore.setState({ expanded: next })
}

export function setTool(tool: Tool): void {
  canvasStore.setState({ tool })
}

/** Opens the editor of a new column below the last, which is shown for it. */
export function draftColumn(table: ObjectId | null): void {
  if (table !== null) setExpanded(table, true)
  canvasStore.setState(({ draft }) => ({
    draft: table === null ? null : { table, key: (draft?.key ?? 0) + 1 },
  }))
}
