import type { EdgeView, EdgeViews } from '../../core/layout/edge-view.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { useSession } from '../../state/use-stores.ts'
import { useCanvas } from './canvas-store.ts'

let drawn: EdgeViews = new Map()
let last: {
  readonly edges: EdgeViews
  readonly selection: readonly string[]
  readonly rows: ReadonlySet<ObjectId>
} | null = null

/** Tells which edges there are, for rows to know whether theirs is lit. */
export function setDrawnEdges(edges: EdgeViews): void {
  drawn = edges
}

/** An edge counts as selected with the column that it belongs to. */
export function isEdgeSelected(edge: EdgeView, selection: readonly string[]): boolean {
  return selection.some((id) => id === edge.id || edge.fromColumns.includes(id))
}

/** True for both rows of the edge that is under the pointer or selected. */
export function useIsLit(row: ObjectId): boolean {
  const hovered = useCanvas((state) => state.hoveredEdge !== null && joins(drawn.get(state.hoveredEdge), row))
  const selected = useSession((state) => litRows(state.selection).has(row))
  return hovered || selected
}

function joins(edge: EdgeView | undefined, row: ObjectId): boolean {
  return edge !== undefined && (edge.fromColumns.includes(row) || edge.toColumns.includes(row))
}

/** Found once per selection, since every row asks. */
function litRows(selection: readonly string[]): ReadonlySet<ObjectId> {
  if (last?.selection === selection && last.edges === drawn) return last.rows
  const rows = new Set<ObjectId>()
  for (const edge of drawn.values()) {
    if (!isEdgeSelected(edge, selection)) continue
    for (const id of [...edge.fromColumns, ...edge.toColumns]) rows.add(id)
  }
  last = { edges: drawn, selection, rows }
  return rows
}
