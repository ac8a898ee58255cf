import type { Point, Rect, Size } from './node-size.ts'

/** Positions on the canvas are multiples of this many px. */
const gridStep = 8

/** Free space kept around a table that is placed by the program. */
const clearance = 40

export function snap(value: number): number {
  return Math.round(value / gridStep) * gridStep
}

/** The free place nearest to `near` (top left corner) for something of that size, in rings around it. */
export function freePlace(size: Size, near: Point, taken: readonly Rect[]): Point {
  const start = { x: snap(near.x), y: snap(near.y) }
  if (isFree(start, size, taken)) return start
  const step = clearance
  for (let ring = 1; ring < 400; ring += 1) {
    for (const [dx, dy] of ringOffsets(ring)) {
      const place = { x: snap(start.x + dx * step), y: snap(start.y + dy * step) }
      if (isFree(place, size, taken)) return place
    }
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

/** Offsets on the border of a square ring, to the right and below first: new tables flow in reading order. */
function ringOffsets(ring: number): readonly (readonly [number, number])[] {
  const offsets: [number, number][] = []
  for (let i = -ring; i <= ring; i += 1) offsets.push([ring, i], [i, ring], [-ring, i], [i, -ring])
  return offsets.sort((a, b) => distance(a) - distance(b))
}

function distance([x, y]: readonly [number, number]): number {
  return Math.hypot(x, y) - 0.01 * (x + y)
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
