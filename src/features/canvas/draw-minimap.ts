import type { Rect, Size } from '../../core/layout/node-size.ts'
import { boundsOfAll } from '../../core/layout/placement.ts'
import { mix, type OverviewColours, roundRect } from './draw-overview.ts'
import { isTableNode, rectOf } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'

/** How canvas px become px of the minimap: scaled, then shifted. */
export interface Mapping {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** Room around the drawing in px of the minimap. */
const margin = 8

/** Everything drawn and the part on the screen, centred in the minimap. */
export function mappingOf(diagram: Diagram, screen: Rect, size: Size): Mapping {
  const all = boundsOfAll([...[...diagram.nodes.values()].map(rectOf), screen]) ?? screen
  const scale = Math.min(
    (size.width - 2 * margin) / Math.max(1, all.width),
    (size.height - 2 * margin) / Math.max(1, all.height),
  )
  return {
    x: (size.width - all.width * scale) / 2 - all.x * scale,
    y: (size.height - all.height * scale) / 2 - all.y * scale,
    scale,
  }
}

interface MinimapScene {
  readonly diagram: Diagram
  readonly selection: readonly string[]
  /** What is on the screen, in canvas px. */
  readonly screen: Rect
  readonly mapping: Mapping
  readonly colours: OverviewColours
}

/** Areas, tables in their colours, and the frame around what is on the screen. */
export function drawMinimap(context: CanvasRenderingContext2D, scene: MinimapScene): void {
  const { diagram, mapping, colours } = scene
  const selected = new Set(scene.selection)
  for (const node of diagram.nodes.values()) {
    const rect = mapped(rectOf(node), mapping)
    if (isTableNode(node)) {
      const hue = colours.hue[node.data.colour]
      context.fillStyle = selected.has(node.id) ? colours.accent : mix(hue, 70, colours.raised)
    } else if (node.type === 'area' && 'area' in node.data) {
      context.fillStyle = mix(colours.hue[node.data.area.colour], 12, colours.raised)
    } else {
      context.fillStyle = colours.edge
    }
    context.fillRect(rect.x, rect.y, Math.max(1, rect.width), Math.max(1, rect.height))
  }
  context.strokeStyle = colours.accent
  context.lineWidth = 1.5
  roundRect(context, mapped(scene.screen, mapping), 2)
  context.stroke()
}

function mapped(rect: Rect, { x, y, scale }: Mapping): Rect {
  return {
    x: rect.x * scale + x,
    y: rect.y * scale + y,
    width: rect.width * scale,
    height: rect.height * scale,
  }
}
