import type { SchemaDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { edgeViews } from './edge-view.ts'
import type { Point, Rect } from './node-size.ts'
import { boundsOfAll, isCentredIn, snap } from './placement.ts'
import { folded, tableViews } from './table-view.ts'

/** What a layout engine gets: sizes of nodes and which are joined. Plain data, to be posted to a worker. */
export interface LayoutGraph {
  readonly nodes: readonly { readonly id: ObjectId; readonly width: number; readonly height: number }[]
  readonly edges: readonly { readonly from: ObjectId; readonly to: ObjectId }[]
  /** Frames that keep their nodes together: areas. */
  readonly groups: readonly { readonly id: string; readonly members: readonly ObjectId[] }[]
}

/** The graph of the document's tables and views, or of `only` these. Edges run from parent to child. */
export function layoutGraph(document: SchemaDocument, only?: ReadonlySet<ObjectId>): LayoutGraph {
  const views = [...tableViews(document, document, folded, new Map()).values()]
    .map(({ view }) => view)
    .filter((view) => !only || only.has(view.id))
  const ids = new Set(views.map((view) => view.id))
  const edges = [...edgeViews(document, document, new Map()).values()]
  const nodes = views.map((view) => ({ id: view.id, ...view.size }))
  return {
    nodes,
    edges: edges
      .filter((edge) => edge.fromTable !== edge.toTable && ids.has(edge.fromTable) && ids.has(edge.toTable))
      .map((edge) => ({ from: edge.toTable, to: edge.fromTable })),
    groups: only ? [] : groupsOf(document, nodes),
  }
}

/** Every area with the nodes whose middle lies in it; a node is in the first such area. */
function groupsOf(document: SchemaDocument, nodes: LayoutGraph['nodes']): LayoutGraph['groups'] {
  const taken = new Set<ObjectId>()
  return [...document.diagram.values()].flatMap((area) => {
    if (area.kind !== 'area') return []
    const members = nodes.filter(({ id, ...size }) => {
      const place = document.diagram.get(id)
      return place && !taken.has(id) && isCentredIn(area, { x: place.x, y: place.y, ...size })
    })
    for (const { id } of members) taken.add(id)
    return members.length === 0 ? [] : [{ id: area.id, members: members.map(({ id }) => id) }]
  })
}

/** Moves what was arranged so that its top left corner is at `origin`, on the grid. */
export function settle(places: ReadonlyMap<string, Rect>, origin: Point): ReadonlyMap<string, Rect> {
  const bounds = boundsOfAll([...places.values()])
  if (!bounds) return places
  return new Map(
    [...places].map(([id, place]) => [
      id,
      {
        x: snap(place.x - bounds.x + origin.x),
        y: snap(place.y - bounds.y + origin.y),
        width: snap(place.width),
        height: snap(place.height),
      },
    ]),
  )
}
