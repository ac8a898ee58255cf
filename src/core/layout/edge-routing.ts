import type { EdgeEnd } from './edge-geometry.ts'
import { edgeSides, facingBend, sharedBend } from './edge-geometry.ts'
import type { Rect } from './node-size.ts'

/** How far apart the places are that are tried for the upright part of an edge, in px. */
const step = 24
const mostTries = 16
/** An upright line keeps this far from a table. */
const margin = 8

/**
 * Where the upright part of an edge runs: half-way (or beside both nodes when both ends are on one side), moved
 * aside as little as it takes not to run behind another table. Where every place is taken it stays.
 */
export function routeBend(from: EdgeEnd, to: EdgeEnd, obstacles: readonly Rect[]): number {
  const [fromSide, toSide] = edgeSides(from.node, to.node)
  const places =
    fromSide === toSide
      ? outward(sharedBend(from.node, to.node, fromSide), fromSide === 'left' ? -step : step)
      : aside(facingBend(from.node, to.node, fromSide))
  const [first] = places
  if (first === undefined) throw new Error('An edge has at least one way')
  const top = Math.min(from.y, to.y)
  const bottom = Math.max(from.y, to.y)
  const isFree = (x: number) =>
    !obstacles.some(
      (rect) =>
        x > rect.x - margin &&
        x < rect.x + rect.width + margin &&
        bottom > rect.y - margin &&
        top < rect.y + rect.height + margin,
    )
  return places.find(isFree) ?? first
}

function outward(start: number, by: number): readonly number[] {
  return Array.from({ length: mostTries }, (_, index) => start + index * by)
}

/** From the middle to both sides in turn, within the room between the nodes. */
function aside({ middle, least, most }: ReturnType<typeof facingBend>): readonly number[] {
  const places = [middle]
  for (let away = step; places.length < mostTries; away += step) {
    const both = [middle - away, middle + away].filter((x) => x >= least && x <= most)
    if (both.length === 0) break
    places.push(...both)
  }
  return places
}
