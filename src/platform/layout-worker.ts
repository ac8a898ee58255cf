import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { LayoutGraph } from '../core/layout/auto-layout.ts'
import type { Point, Rect } from '../core/layout/node-size.ts'

let engine: Promise<ELK> | null = null

/** ELK in its own worker, fetched when first asked for: it is larger than the rest of the canvas. */
function layoutEngine(): Promise<ELK> {
  engine ??= import('elkjs/lib/elk-api.js').then(
    ({ default: Elk }) => new Elk({ workerUrl, workerFactory: (url) => new Worker(url ?? workerUrl) }),
  )
  return engine
}

/** Above this many nodes ELK looks less long for fewer crossings. */
const manyNodes = 200

const spacing = {
  'elk.spacing.nodeNode': '40',
  'elk.spacing.componentComponent': '64',
  'elk.layered.spacing.nodeNodeBetweenLayers': '104',
}

/**
 * Arranges tables in layers from left to right, parents before children; joined groups beside each other. Gives the
 * places of nodes, and those and sizes of groups.
 */
export async function arrangeGraph({
  nodes,
  edges,
  groups,
}: LayoutGraph): Promise<ReadonlyMap<string, Rect>> {
  const elk = await layoutEngine()
  const byId = new Map(nodes.map((node) => [node.id, { ...node }]))
  const grouped = new Set(groups.flatMap(({ members }) => members))
  const frames = groups.map(({ id, members }) => ({
    id,
    layoutOptions: { ...spacing, 'elk.padding': '[top=48,left=24,bottom=24,right=24]' },
    children: members.flatMap((member) => byId.get(member) ?? []),
  }))
  const result = await elk.layout({
    id: 'root',
    layoutOptions: {
      ...spacing,
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.aspectRatio': '1.6',
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
      'elk.hierarchyHandling': groups.length > 0 ? 'INCLUDE_CHILDREN' : 'SEPARATE_CHILDREN',
      'elk.layered.thoroughness': nodes.length > manyNodes ? '2' : '10',
      'elk.separateConnectedComponents': 'true',
    },
    children: [...frames, ...nodes.filter(({ id }) => !grouped.has(id)).map((node) => ({ ...node }))],
    edges: edges.map(({ from, to }, index) => ({ id: `e${index}`, sources: [from], targets: [to] })),
  })
  const places = new Map<string, Rect>()
  collect(result, { x: 0, y: 0 }, places)
  return places
}

/** ELK gives places within the parent. */
function collect(parent: ElkNode, origin: Point, places: Map<string, Rect>): void {
  for (const child of parent.children ?? []) {
    const { x = 0, y = 0, width = 0, height = 0 } = child
    const place = { x: origin.x + x, y: origin.y + y, width, height }
    places.set(child.id, place)
    collect(child, place, places)
  }
}
