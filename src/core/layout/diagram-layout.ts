import type { DiagramItem } from '../model/diagram.ts'
import type { ObjectId } from '../model/object.ts'
import type { Point, Rect, Size } from './node-size.ts'
import { boundsOfAll, inColumns, snap } from './placement.ts'

/** Space between placed tables and those that have no place yet. */
const margin = 96

/** Where every node is: its placement, or for objects that were never placed a spot beside everything else. */
export function nodePositions(
  sizes: ReadonlyMap<ObjectId, Size>,
  diagram: ReadonlyMap<string, DiagramItem>,
  remembered: ReadonlyMap<ObjectId, Point>,
): ReadonlyMap<ObjectId, Point> {
  const positions = new Map<ObjectId, Point>()
  const placed: Rect[] = []
  const homeless: ObjectId[] = []
  for (const [id, size] of sizes) {
    const item = diagram.get(id)
    const place = item?.kind === 'placement' ? item : remembered.get(id)
    if (!place) {
      homeless.push(id)
      continue
    }
    positions.set(id, { x: place.x, y: place.y })
    placed.push({ x: place.x, y: place.y, ...size })
  }
  if (homeless.length === 0) return positions
  const bounds = boundsOfAll(placed)
  const origin = bounds ? { x: snap(bounds.x + bounds.width + margin), y: bounds.y } : { x: 0, y: 0 }
  const spots = inColumns(
    homeless.map((id) => sizes.get(id) ?? { width: 0, height: 0 }),
    origin,
  )
  for (const [index, id] of homeless.entries()) {
    const spot = spots[index]
    if (spot) positions.set(id, spot)
  }
  return positions
}
