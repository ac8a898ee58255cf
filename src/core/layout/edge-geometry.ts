import type { Rect } from './node-size.ts'

export type Side = 'left' | 'right'

/** How many rows of one table belong to one row of the other. */
export interface EndNotation {
  readonly many: boolean
  readonly optional: boolean
}

/** One end of an edge: the node and where in it the row is, both in canvas px. */
export interface EdgeEnd {
  readonly node: Rect
  readonly y: number
}

/** A drawn edge: the line, and the crow's foot, bars and circles of both ends. SVG path data. */
interface EdgePath {
  readonly line: string
  readonly ends: string
  readonly fromSide: Side
  readonly toSide: Side
  /** Smallest rectangle around the line, for culling. */
  readonly bounds: Rect
}

const cornerRadius = 6
/** How far an edge leaves a side when both its ends are on that side. */
const reach = 28
/** Two facing ends need this much room for their marks. */
const facingRoom = 48

/** Sides on which an edge leaves its nodes: facing sides where there is room, otherwise the nearer common side. */
export function edgeSides(from: Rect, to: Rect): readonly [Side, Side] {
  if (to.x - (from.x + from.width) >= facingRoom) return ['right', 'left']
  if (from.x - (to.x + to.width) >= facingRoom) return ['left', 'right']
  const left = Math.abs(from.x - to.x)
  const right = Math.abs(from.x + from.width - (to.x + to.width))
  return left <= right && !sameRect(from, to) ? ['left', 'left'] : ['right', 'right']
}

/** The path from the child's row to the parent's, with the notation at both ends; `bend` as of `routeBend`. */
export function edgePath(
  from: EdgeEnd,
  to: EdgeEnd,
  child: EndNotation,
  parent: EndNotation,
  bend: number = plainBend(from.node, to.node),
): EdgePath {
  const [fromSide, toSide] = edgeSides(from.node, to.node)
  const x1 = sideX(from.node, fromSide)
  const x2 = sideX(to.node, toSide)
  return {
    line: orthogonal(x1, from.y, bend, x2, to.y),
    ends: endMarks(x1, from.y, fromSide, child) + endMarks(x2, to.y, toSide, parent),
    fromSide,
    toSide,
    bounds: boundsOf(x1, from.y, bend, x2, to.y),
  }
}

function plainBend(from: Rect, to: Rect): number {
  const [fromSide, toSide] = edgeSides(from, to)
  return fromSide === toSide ? sharedBend(from, to, fromSide) : facingBend(from, to, fromSide).middle
}

/** Half-way between facing sides, and how far it may be moved without meeting the marks of an end. */
export function facingBend(
  from: Rect,
  to: Rect,
  fromSide: Side,
): { readonly middle: number; readonly least: number; readonly most: number } {
  const x1 = sideX(from, fromSide)
  const x2 = sideX(to, fromSide === 'left' ? 'right' : 'left')
  return {
    middle: (x1 + x2) / 2,
    least: Math.min(x1, x2) + reach,
    most: Math.max(x1, x2) - reach,
  }
}

/** Beside both nodes, at the least distance, where both ends are on the same side. */
export function sharedBend(from: Rect, to: Rect, side: Side): number {
  const x1 = sideX(from, side)
  const x2 = sideX(to, side)
  return side === 'left' ? Math.min(x1, x2) - reach : Math.max(x1, x2) + reach
}

/** The line while an edge is being drawn, to a free point. */
export function drawnPath(from: EdgeEnd, side: Side, x: number, y: number): string {
  const x1 = sideX(from.node, side)
  const outward = side === 'right' ? 1 : -1
  const bend = (x - x1) * outward > 2 * reach ? (x1 + x) / 2 : x1 + outward * reach
  return orthogonal(x1, from.y, bend, x, y)
}

function sameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y
}

function sideX(node: Rect, side: Side): number {
  return side === 'left' ? node.x : node.x + node.width
}

/** Horizontal, vertical, horizontal, with rounded corners. */
function orthogonal(x1: number, y1: number, bend: number, x2: number, y2: number): string {
  const height = Math.abs(y2 - y1)
  if (height < 0.5 && between(bend, x1, x2)) return `M${x1} ${y1}L${x2} ${y2}`
  const down = y2 >= y1 ? 1 : -1
  const first = Math.min(cornerRadius, height / 2, Math.abs(bend - x1))
  const second = Math.min(cornerRadius, height / 2, Math.abs(x2 - bend))
  const before = bend - Math.sign(bend - x1) * first
  const after = bend + Math.sign(x2 - bend) * second
  return (
    `M${x1} ${y1}L${before} ${y1}Q${bend} ${y1} ${bend} ${y1 + down * first}` +
    `L${bend} ${y2 - down * second}Q${bend} ${y2} ${after} ${y2}L${x2} ${y2}`
  )
}

function between(value: number, a: number, b: number): boolean {
  return value >= Math.min(a, b) && value <= Math.max(a, b)
}

const apex = 12
const spread = 6
const oneBar = 8
const circleRadius = 4
const circleCentre = 16

/** Crow's foot or bar, then circle or bar, measured from the node's border outwards. */
function endMarks(x: number, y: number, side: Side, end: EndNotation): string {
  const out = side === 'right' ? 1 : -1
  const bar = (distance: number) => `M${x + out * distance} ${y - spread}V${y + spread}`
  const foot = `M${x + out * apex} ${y}L${x} ${y - spread}M${x + out * apex} ${y}L${x} ${y + spread}`
  const maximum = end.many ? foot : bar(oneBar)
  return maximum + (end.optional ? circle(x + out * circleCentre, y) : bar(end.many ? 17 : 13))
}

function circle(x: number, y: number): string {
  const r = circleRadius
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
}

function boundsOf(x1: number, y1: number, bend: number, x2: number, y2: number): Rect {
  const x = Math.min(x1, bend, x2)
  const y = Math.min(y1, y2) - spread
  return {
    x,
    y,
    width: Math.max(x1, bend, x2) - x,
    height: Math.abs(y2 - y1) + 2 * spread,
  }
}
