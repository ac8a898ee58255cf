import { ViewportPortal } from '@xyflow/react'
import { type MouseEvent, memo, useEffect, useMemo } from 'react'
import { type EdgeEnd, edgePath, edgeSides } from '../../core/layout/edge-geometry.ts'
import { routeBend } from '../../core/layout/edge-routing.ts'
import type { EdgeView } from '../../core/layout/edge-view.ts'
import { headerCentre, type Rect, rowCentre } from '../../core/layout/node-size.ts'
import type { TableView } from '../../core/layout/table-view.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { select } from '../../state/session-store.ts'
import { useSession } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { canvasStore, useCanvas } from './canvas-store.ts'
import styles from './edges.module.css'
import { isEdgeSelected } from './lit-rows.ts'
import { useDetailLevel } from './lod.ts'
import { isTableNode, rectOf } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'
import { useNearbyRect } from './use-nearby-rect.ts'

/** Crow's-foot edges between rows: those near what is on the screen; none when zoomed out. */
export function EdgeLayer({ diagram }: { readonly diagram: Diagram }) {
  const level = useDetailLevel()
  const nearby = useNearbyRect()
  const selection = useSession((state) => state.selection)
  const drawn = useMemo(
    () => (level === 'full' ? drawnEdges(diagram, nearby) : noEdges),
    [level, diagram, nearby],
  )
  useEffect(() => noteTakenSides(drawn), [drawn])
  if (level !== 'full') return null
  const raised = drawn.filter(({ view }) => isEdgeSelected(view, selection))
  return (
    <ViewportPortal>
      <svg className={styles.layer} aria-hidden>
        {drawn.map(({ view, ...way }) =>
          isEdgeSelected(view, selection) ? null : (
            <Edge key={view.id} view={view} {...way} selected={false} />
          ),
        )}
      </svg>
      {raised.length > 0 && (
        <svg className={classNames(styles.layer, styles.raised)} aria-hidden>
          {raised.map(({ view, ...way }) => (
            <Edge key={view.id} view={view} {...way} selected />
          ))}
        </svg>
      )}
    </ViewportPortal>
  )
}

interface DrawnEdge {
  readonly view: EdgeView
  readonly from: EdgeEnd
  readonly to: EdgeEnd
  readonly bend: number
}

const noEdges: readonly DrawnEdge[] = []

function drawnEdges(diagram: Diagram, nearby: Rect): readonly DrawnEdge[] {
  const tables = [...diagram.nodes.values()].filter(isTableNode).map(rectOf)
  const rects = tables.filter((rect) => overlaps(rect, nearby))
  return [...diagram.edges.values()].flatMap((view) => {
    const from = endOf(view.fromTable, view.fromColumns[0], diagram)
    const to = endOf(view.toTable, view.toColumns[0], diagram)
    if (!from || !to) return []
    const room = hull(from.node, to.node)
    if (!overlaps(room, nearby)) return []
    const obstacles = rects.filter(
      (rect) => overlaps(rect, room) && !isAt(rect, from.node) && !isAt(rect, to.node),
    )
    return [{ view, from, to, bend: routeBend(from, to, obstacles) }]
  })
}

/** Tells rows on which side their handle is free. */
function noteTakenSides(drawn: readonly DrawnEdge[]): void {
  const taken = new Set<ObjectId>()
  for (const { view, from, to } of drawn) {
    const [fromSide, toSide] = edgeSides(from.node, to.node)
    for (const id of fromSide === 'right' ? view.fromColumns : []) taken.add(id)
    for (const id of toSide === 'right' ? view.toColumns : []) taken.add(id)
  }
  const { takenRight } = canvasStore.getState()
  const isSame = taken.size === takenRight.size && [...taken].every((id) => takenRight.has(id))
  if (!isSame) canvasStore.setState({ takenRight: taken })
}

/** Where an edge ends: at its row, or at the header when the row is among "14 more columns". */
export function endOf(table: ObjectId, column: ObjectId | undefined, diagram: Diagram): EdgeEnd | null {
  const node = diagram.nodes.get(table)
  const view = diagram.views.get(table)?.view
  if (!node || !view) return null
  const rect = rectOf(node)
  return { node: rect, y: rect.y + rowOffset(view, column) }
}

function rowOffset(view: TableView, column: ObjectId | undefined): number {
  const index = view.rows.findIndex((row) => row.id === column)
  return index < 0 ? headerCentre : rowCentre(index)
}

/** Room around both nodes in which the edge may run. */
function hull(a: Rect, b: Rect): Rect {
  const margin = 160
  const x = Math.min(a.x, b.x) - margin
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) + margin - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}

function isAt(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

interface EdgeProps extends DrawnEdge {
  readonly selected: boolean
}

const Edge = memo(
  function Edge({ view, from, to, bend, selected }: EdgeProps) {
    const hovered = useCanvas((state) => state.hoveredEdge === view.id)
    const path = edgePath(from, to, view.child, view.parent, bend)
    const onClick = (event: MouseEvent) => {
      event.stopPropagation()
      select([view.id])
    }
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard reaches a foreign key through its column
      <g
        data-edge={view.id}
        className={classNames(
          styles.edge,
          view.change && styles[view.change],
          hovered && styles.hovered,
          selected && styles.selected,
        )}
        onPointerEnter={() => canvasStore.setState({ hoveredEdge: view.id })}
        onPointerLeave={() => canvasStore.setState({ hoveredEdge: null })}
        onClick={onClick}
      >
        <title>{view.label}</title>
        <path d={path.line} className={styles.target} />
        <path d={path.line} className={styles.line} />
        <path d={path.ends} className={styles.ends} />
      </g>
    )
  },
  (a, b) =>
    a.view === b.view &&
    a.bend === b.bend &&
    a.selected === b.selected &&
    sameEnd(a.from, b.from) &&
    sameEnd(a.to, b.to),
)

function sameEnd(a: EdgeEnd, b: EdgeEnd): boolean {
  return a.y === b.y && a.node.x === b.node.x && a.node.y === b.node.y && a.node.width === b.node.width
}
