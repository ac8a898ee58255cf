import { type CanvasNode, isReachable } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'
import { readingOrder } from './viewport.ts'

/** The arrow keys. */
export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

/** How far an arrow key moves. */
export function stepTo(direction: Direction, by: number): [number, number] {
  switch (direction) {
    case 'ArrowLeft':
      return [-by, 0]
    case 'ArrowRight':
      return [by, 0]
    case 'ArrowUp':
      return [0, -by]
    case 'ArrowDown':
      return [0, by]
  }
}

/** The nearest node in that direction; what lies off the axis counts as farther. */
export function nearest(from: CanvasNode, direction: Direction, diagram: Diagram): CanvasNode | undefined {
  const [dx, dy] = stepTo(direction, 1)
  const start = centre(from)
  let best: CanvasNode | undefined
  let least = Number.POSITIVE_INFINITY
  for (const node of diagram.nodes.values()) {
    if (node.id === from.id || !isReachable(node)) continue
    const end = centre(node)
    const along = (end.x - start.x) * dx + (end.y - start.y) * dy
    const across = Math.abs((end.x - start.x) * dy) + Math.abs((end.y - start.y) * dx)
    const distance = along + 2 * across
    if (along > 0 && distance < least) {
      least = distance
      best = node
    }
  }
  return best
}

function centre(node: CanvasNode): { x: number; y: number } {
  return { x: node.position.x + (node.width ?? 0) / 2, y: node.position.y + (node.height ?? 0) / 2 }
}

/** The node at the top left. */
export function firstNode(diagram: Diagram): CanvasNode | undefined {
  return readingOrder([...diagram.nodes.values()])[0]
}

/** The next node in reading order, or the one before. */
export function nextInOrder(
  node: CanvasNode | undefined,
  step: 1 | -1,
  diagram: Diagram,
): CanvasNode | undefined {
  const order = readingOrder([...diagram.nodes.values()])
  const at = order.findIndex((candidate) => candidate.id === node?.id)
  return at < 0 ? (step > 0 ? order[0] : undefined) : order[at + step]
}
