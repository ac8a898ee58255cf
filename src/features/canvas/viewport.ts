import { getViewportForBounds } from '@xyflow/react'
import type { Point, Rect, Size } from '../../core/layout/node-size.ts'
import { boundsOfAll, freePlace, snap } from '../../core/layout/placement.ts'
import { documentStore } from '../../state/document-store.ts'
import { canvasStore } from './canvas-store.ts'
import { fullDetailFrom } from './lod.ts'
import { type CanvasNode, isGhost, isReachable, isTableNode, rectOf } from './nodes.ts'

export const zoomRange = { min: 0.05, max: 2 } as const

/** All nodes as drawn. */
export function drawnNodes(): readonly CanvasNode[] {
  return canvasStore.getState().flow?.getNodes() ?? []
}

/** Where everything is drawn, also what was never placed: commands that place something persist it all. */
export function drawnPlaces(): ReadonlyMap<string, Point> {
  return new Map(drawnNodes().map((node) => [node.id, node.position]))
}

/** Places of tables that the document does not hold yet. */
export function unsavedPlaces(): ReadonlyMap<string, Point> {
  const { diagram } = documentStore.getState().document
  return new Map([...drawnPlaces()].filter(([id]) => !diagram.has(id)))
}

function surface(): DOMRect | null {
  return document.querySelector('[data-canvas]')?.getBoundingClientRect() ?? null
}

/** The middle of what is on the screen, in canvas px. */
export function screenCentre(): Point {
  const { flow } = canvasStore.getState()
  const box = surface()
  if (!flow || !box) return { x: 0, y: 0 }
  return flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
}

/** A free place for something of that size near the point, or near the middle of the screen. */
export function placeFor(size: Size, near?: Point): Point {
  const centre = screenCentre()
  const wanted = near ?? { x: centre.x - size.width / 2, y: centre.y - size.height / 2 }
  const taken = drawnNodes()
    .filter((node) => node.type !== 'area' && !isGhost(node))
    .map(rectOf)
  return freePlace(size, wanted, near ? [] : taken)
}

/** Shows everything, never larger than 100 %. */
export function fitAll(): void {
  fitRects(drawnNodes().map(rectOf), 1)
}

/** Room around what is fitted, above the canvas tools; and the least where everything then is seen at 100 %. */
const fitPadding = { top: '24px', right: '24px', bottom: '64px', left: '24px' } as const
const leastPadding = '16px'

/** Shows these rectangles, not larger than `maxZoom`; not smaller than `minZoom`, even if they do not fit then. */
export function fitRects(rects: readonly Rect[], maxZoom: number, minZoom: number = zoomRange.min): void {
  const bounds = boundsOfAll(rects)
  const { flow } = canvasStore.getState()
  const box = surface()
  if (!bounds || !flow || !box) return
  const viewportWith = (padding: typeof fitPadding | typeof leastPadding) =>
    getViewportForBounds(bounds, box.width, box.height, minZoom, maxZoom, padding)
  const roomy = viewportWith(fitPadding)
  const tight = viewportWith(leastPadding)
  void flow.setViewport(roomy.zoom < 1 && tight.zoom === 1 ? tight : roomy)
}

/**
 * Brings nodes into view: by panning where they fit at the present zoom, otherwise by zooming. `readable`: so near
 * that rows are drawn, for editing in place.
 */
export function revealNodes(ids: readonly string[], { readable = false } = {}): void {
  const { flow } = canvasStore.getState()
  const box = surface()
  const wanted = new Set(ids)
  const bounds = boundsOfAll(
    drawnNodes()
      .filter((node) => wanted.has(node.id))
      .map(rectOf),
  )
  if (!bounds || !flow || !box) return
  const { x, y, zoom } = flow.getViewport()
  const isSeen =
    bounds.x * zoom + x >= 0 &&
    bounds.y * zoom + y >= 0 &&
    (bounds.x + bounds.width) * zoom + x <= box.width &&
    (bounds.y + bounds.height) * zoom + y <= box.height
  if (isSeen && zoom >= (readable ? fullDetailFrom : nearEnough)) return
  const most = Math.min(1, Math.max(zoom, 0.75))
  fitRects([bounds], most, readable ? fullDetailFrom : zoomRange.min)
}

/** Farther out than this, what is revealed is also brought nearer. */
const nearEnough = 0.4

export function zoomBy(factor: number): void {
  const { flow } = canvasStore.getState()
  if (flow) void flow.zoomTo(Math.min(zoomRange.max, Math.max(zoomRange.min, flow.getZoom() * factor)))
}

export function zoomTo(zoom: number): void {
  void canvasStore.getState().flow?.zoomTo(zoom)
}

/** Tables from top to bottom and left to right, in bands as high as a small table. */
export function readingOrder(nodes: readonly CanvasNode[]): readonly CanvasNode[] {
  const band = 160
  return nodes.filter(isReachable).toSorted((a, b) => {
    const rows = Math.round(a.position.y / band) - Math.round(b.position.y / band)
    return rows !== 0 ? rows : a.position.x - b.position.x
  })
}

export function snapPoint({ x, y }: Point): Point {
  return { x: snap(x), y: snap(y) }
}

export function tableNodes(): readonly CanvasNode[] {
  return drawnNodes().filter(isTableNode)
}
