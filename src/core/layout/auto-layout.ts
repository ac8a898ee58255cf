import type { SchemaDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { edgeViews } from './edge-view.ts'
import type { Point, Rect, Size } from './node-size.ts'
import { boundsOfAll, snap } from './placement.ts'
import { tableViews } from './table-view.ts'

/** What a layout engine gets: sizes of nodes and which are joined. Plain data, to be posted to a worker. */
export interface LayoutGraph {
  readonly nodes: readonly { readonly id: ObjectId; readonly width: number; readonly height: number }[]
  readonly edges: readonly { readonly from: ObjectId; readonly to: ObjectId }[]
}

/** Arranges a graph; gives the top left corners. */
export type ArrangeGraph = (graph: LayoutGraph) => Promise<ReadonlyMap<ObjectId, Point>>

/** The graph of the document's tables and views, or of `only` these. Edges run from parent to child. */
export function layoutGraph(document: SchemaDocument, only?: ReadonlySet<ObjectId>): LayoutGraph {
  const views = [...tableViews(document, document, new Set(), new Map()).values()]
    .map(({ view }) => view)
    .filter((view) => !only || only.has(view.id))
  const ids = new Set(views.map((view) => view.id))
  const edges = [...edgeViews(document, document, new Map()).values()]
  return {
    nodes: views.map((view) => ({ id: view.id, ...view.size })),
    edges: edges
      .filter((edge) => edge.fromTable !== edge.toTable && ids.has(edge.fromTable) && ids.has(edge.toTable))
      .map((edge) => ({ from: edge.toTable, to: edge.fromTable })),
  }
}

/** Moves arranged nodes so that their top left corner is at `origin`, on the grid. */
export function settle(
  places: ReadonlyMap<ObjectId, Point>,
  sizes: ReadonlyMap<ObjectId, Size>,
  origin: Point,
): ReadonlyMap<ObjectId, Point> {
  const rects: Rect[] = [...places].map(([id, place]) => ({
    ...place,
    ...(sizes.get(id) ?? { width: 0, height: 0 }),
  }))
  const bounds = boundsOfAll(rects)
  if (!bounds) return places
  return new Map(
    [...places].map(([id, place]) => [
      id,
      { x: snap(place.x - bounds.x + origin.x), y: snap(place.y - bounds.y + origin.y) },
    ]),
  )
}
