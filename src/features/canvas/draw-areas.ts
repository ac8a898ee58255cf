import type { Rect } from '../../core/layout/node-size.ts'
import { isCentredIn } from '../../core/layout/placement.ts'
import type { Area } from '../../core/model/diagram.ts'
import { mix, onScreen, roundRect, type Scene } from './draw-overview.ts'
import { rectOf } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'

interface DrawnArea {
  readonly area: Area
  readonly rect: Rect
}

function areasOf(diagram: Diagram): readonly DrawnArea[] {
  return [...diagram.nodes.values()].flatMap((node) =>
    node.type === 'area' ? [{ area: node.data.area, rect: rectOf(node) }] : [],
  )
}

/** The frames; their titles stay in the DOM, where they can be read and dragged. */
export function drawAreas(context: CanvasRenderingContext2D, scene: Scene): void {
  const { colours, selection } = scene
  for (const { area, rect } of areasOf(scene.diagram)) {
    const hue = colours.hue[area.colour]
    roundRect(context, onScreen(rect, scene), 8)
    context.fillStyle = mix(hue, 6, colours.canvas)
    context.fill()
    context.lineWidth = 1
    context.strokeStyle = selection.includes(area.id) ? colours.accent : mix(hue, 34, colours.canvas)
    context.stroke()
  }
}

/** One line between two areas that any of their tables join; the farther out, the less is drawn. */
export function drawAreaEdges(context: CanvasRenderingContext2D, scene: Scene): void {
  const areas = areasOf(scene.diagram)
  const seen = new Set<string>()
  const path = new Path2D()
  for (const edge of scene.diagram.edges.values()) {
    const from = areaHolding(edge.fromTable, areas, scene.diagram)
    const to = areaHolding(edge.toTable, areas, scene.diagram)
    if (!from || !to || from === to || seen.has(`${from.area.id} ${to.area.id}`)) continue
    seen.add(`${from.area.id} ${to.area.id}`)
    const [a, b] = [onScreen(from.rect, scene), onScreen(to.rect, scene)]
    path.moveTo(a.x + a.width / 2, a.y + a.height / 2)
    path.lineTo(b.x + b.width / 2, b.y + b.height / 2)
  }
  context.lineWidth = 1
  context.strokeStyle = scene.colours.edge
  context.stroke(path)
}

function areaHolding(table: string, areas: readonly DrawnArea[], diagram: Diagram): DrawnArea | undefined {
  const node = diagram.nodes.get(table)
  return node && areas.find(({ rect }) => isCentredIn(rect, rectOf(node)))
}
