import type { ELK } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { LayoutGraph } from '../core/layout/auto-layout.ts'
import type { Point } from '../core/layout/node-size.ts'

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

/** Arranges tables in layers from left to right, parents before children; joined groups beside each other. */
export async function arrangeGraph({ nodes, edges }: LayoutGraph): Promise<ReadonlyMap<string, Point>> {
  const elk = await layoutEngine()
  const result = await elk.layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.aspectRatio': '1.6',
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
      'elk.spacing.nodeNode': '40',
      'elk.spacing.componentComponent': '64',
      'elk.layered.spacing.nodeNodeBetweenLayers': '104',
      'elk.layered.thoroughness': nodes.length > manyNodes ? '2' : '10',
      'elk.layered.compaction.postCompaction.strategy': nodes.length > manyNodes ? 'NONE' : 'EDGE_LENGTH',
      'elk.separateConnectedComponents': 'true',
    },
    children: nodes.map(({ id, width, height }) => ({ id, width, height })),
    edges: edges.map(({ from, to }, index) => ({ id: `e${index}`, sources: [from], targets: [to] })),
  })
  return new Map((result.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]))
}
