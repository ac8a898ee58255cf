import type { EdgeViews } from '../../core/layout/edge-view.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { useSession } from '../../state/use-stores.ts'
import { useCanvas } from './canvas-store.ts'

let drawn: EdgeViews = new Map()

/** Tells which edges there are, for rows to know whether theirs is lit. */
export function setDrawnEdges(edges: EdgeViews): void {
  drawn = edges
}

/** True for both rows of the edge that is under the pointer or selected. */
export function useIsLit(row: ObjectId): boolean {
  const hovered = useCanvas((state) => state.hoveredEdge !== null && joins(state.hoveredEdge, row))
  const selected = useSession((state) => state.selection.some((id) => joins(id, row)))
  return hovered || selected
}

function joins(edge: ObjectId, row: ObjectId): boolean {
  const view = drawn.get(edge)
  return view !== undefined && (view.fromColumns.includes(row) || view.toColumns.includes(row))
}
