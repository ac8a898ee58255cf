import type { Point, Rect, Size } from './node-size.ts'

/** Positions on the canvas are multiples of this many px. */
const gridStep = 8

/** Free space kept around a table that is placed by the program. */
const clearance = 40

export function snap(value: number): number {
  return Math.round(value / gridStep) * gridStep
}

/** The free place nearest to `near` (top left corner) for something of that size; rather beside than above. */
export function freePlace(size: Size, near: Point, taken: readonly Rect[]): Point {
  const start = { x: snap(near.x), y: snap(near.y) }
  for (const [dx, dy] of nearestOffsets()) {
    const place = { x: start.x + dx * clearance, y: start.y + dy * clearance }
    if (isFree(place, size, taken)) return place
  }
  return { x: snap(Math.max(start.x, ...taken.map((rect) => rect.x + rect.width)) + clearance), y: start.y }
}

function isFree(place: Point, size: Size, taken: readonly Rect[]): boolean {
  return !taken.some(
    (rect) =>
      place.x < rect.x + rect.width + clearance &&
      place.x + size.width + clearance > rect.x &&
      place.y < rect.y + rect.height + clearance &&
      place.y + size.height + clearance > rect.y,
  )
}

/** How far around a point a free place is looked for, in steps of the clearance. */
const searchReach = 60

let offsets: readonly (readonly [number, number])[] | null = null

/** Steps to all places around a point, the best first: diagrams grow to the right, then downwards. */
function nearestOffsets(): readonly (readonly [number, number])[] {
  if (offsets) return offsets
  const all: [number, number][] = []
  for (let x = -searchReach; x <= searchReach; x += 1) {
    for (let y = -searchReach; y <= searchReach; y += 1) all.push([x, y])
  }
  offsets = all.sort((a, b) => detour(a) - detour(b))
  return offsets
}

function detour([x, y]: readonly [number, number]): number {
  return Math.abs(x) * (x < 0 ? 1.6 : 1) + Math.abs(y) * (y < 0 ? 2.6 : 1.8)
}

/** Columns of nodes from left to right, each filled to about the height that makes the whole 16 : 10, below `top`. */
export function inColumns(sizes: readonly Size[], origin: Point): readonly Point[] {
  const area = sizes.reduce((sum, size) => sum + (size.width + clearance) * (size.height + clearance), 0)
  const tallest = Math.max(0, ...sizes.map((size) => size.height))
  const limit = Math.max(tallest, Math.sqrt(area / 1.6))
  const places: Point[] = []
  let x = origin.x
  let y = origin.y
  let widest = 0
  for (const size of sizes) {
    if (y > origin.y && y + size.height > origin.y + limit) {
      x += widest + 2 * clearance
      y = origin.y
      widest = 0
    }
    places.push({ x: snap(x), y: snap(y) })
    y += size.height + clearance
    widest = Math.max(widest, size.width)
  }
  return places
}

/** The smallest rectangle around all; null for none. */
export function boundsOfAll(rects: readonly Rect[]): Rect | null {
  if (rects.length === 0) return null
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  }
}

/** True when the middle of `inner` lies in `outer`: it belongs to that area. */
export function isCentredIn(outer: Rect, inner: Rect): boolean {
  const x = inner.x + inner.width / 2
  const y = inner.y + inner.height / 2
  return x > outer.x && x < outer.x + outer.width && y > outer.y && y < outer.y + outer.height
}
