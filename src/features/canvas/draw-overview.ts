import type { Rect } from '../../core/layout/node-size.ts'
import type { TableColour } from '../../core/model/diagram.ts'
import { drawAreaEdges, drawAreas } from './draw-areas.ts'
import type { DetailLevel } from './lod.ts'
import { isTableNode, rectOf, type TableNodeType } from './nodes.ts'
import type { Diagram } from './use-diagram.ts'

/** Colours as the canvas takes them, read from the tokens. */
export interface OverviewColours {
  readonly text: string
  readonly quiet: string
  readonly edge: string
  readonly accent: string
  readonly focus: string
  readonly raised: string
  readonly canvas: string
  readonly error: string
  readonly warning: string
  readonly valid: string
  readonly font: string
  readonly hue: Readonly<Record<TableColour, string>>
}

export function overviewColours(element: Element): OverviewColours {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    text: read('text'),
    quiet: read('text-3'),
    edge: read('edge'),
    accent: read('accent'),
    focus: read('focus'),
    raised: read('raised'),
    canvas: read('canvas'),
    error: read('error'),
    warning: read('warning'),
    valid: read('valid'),
    font: read('font-ui'),
    hue: {
      none: read('table-none'),
      blue: read('table-blue'),
      cyan: read('table-cyan'),
      teal: read('table-teal'),
      green: read('table-green'),
      ochre: read('table-ochre'),
      rust: read('table-rust'),
      rose: read('table-rose'),
      plum: read('table-plum'),
    },
  }
}

export interface Scene {
  readonly diagram: Diagram
  readonly selection: readonly string[]
  readonly hovered: string | null
  readonly focus: string | null
  readonly x: number
  readonly y: number
  readonly zoom: number
  readonly level: DetailLevel
  readonly colours: OverviewColours
}

/** Areas, then edges as straight lines in one path, then tables. Sizes of text and lines are screen px. */
export function drawOverview(context: CanvasRenderingContext2D, scene: Scene): void {
  const { diagram, selection, level } = scene
  const chosen = new Set(selection)
  drawAreas(context, scene)
  if (level === 'block') drawAreaEdges(context, scene)
  else drawEdges(context, scene, chosen)
  const width = context.canvas.width
  const height = context.canvas.height
  for (const node of diagram.nodes.values()) {
    if (!isTableNode(node)) continue
    const rect = onScreen(rectOf(node), scene)
    if (rect.x > width || rect.y > height || rect.x + rect.width < 0 || rect.y + rect.height < 0) continue
    drawTable(context, scene, node, rect, chosen)
  }
}

export function onScreen(rect: Rect, { x, y, zoom }: Scene): Rect {
  return {
    x: rect.x * zoom + x,
    y: rect.y * zoom + y,
    width: rect.width * zoom,
    height: rect.height * zoom,
  }
}

function drawEdges(context: CanvasRenderingContext2D, scene: Scene, chosen: ReadonlySet<string>): void {
  const { diagram, colours } = scene
  const rest = new Path2D()
  const lit = new Path2D()
  for (const edge of diagram.edges.values()) {
    const from = diagram.nodes.get(edge.fromTable)
    const to = diagram.nodes.get(edge.toTable)
    if (!from || !to || from === to) continue
    const a = onScreen(rectOf(from), scene)
    const b = onScreen(rectOf(to), scene)
    const isLit = [edge.id, edge.fromTable, edge.toTable].some((id) => chosen.has(id))
    const path = isLit ? lit : rest
    path.moveTo(a.x + a.width / 2, a.y + a.height / 2)
    path.lineTo(b.x + b.width / 2, b.y + b.height / 2)
  }
  context.lineWidth = 1
  context.globalAlpha = 0.6
  context.strokeStyle = colours.edge
  context.stroke(rest)
  context.lineWidth = 1.75
  context.globalAlpha = 1
  context.strokeStyle = colours.accent
  context.stroke(lit)
}

function drawTable(
  context: CanvasRenderingContext2D,
  scene: Scene,
  node: TableNodeType,
  rect: Rect,
  chosen: ReadonlySet<string>,
): void {
  const { colours, level } = scene
  const { view, colour, marks } = node.data
  const hue = colours.hue[colour]
  const isChosen = chosen.has(view.id) || view.rows.some((row) => chosen.has(row.id))
  const showName = level === 'low' || isChosen || scene.hovered === view.id
  context.fillStyle = level === 'low' ? mix(hue, 7, colours.raised) : mix(hue, 55, colours.raised)
  context.strokeStyle = mix(hue, 45, colours.raised)
  context.lineWidth = 1
  roundRect(context, rect, 3)
  if (view.change === 'removed') {
    context.setLineDash([4, 3])
    context.strokeStyle = colours.error
    context.fillStyle = colours.canvas
  }
  context.fill()
  context.stroke()
  context.setLineDash([])
  context.fillStyle = view.change === 'removed' ? colours.error : hue
  context.fillRect(rect.x - 0.5, rect.y - 0.5, rect.width + 1, Math.min(3, rect.height))
  if (isChosen) outline(context, rect, colours.accent, 2)
  else if (scene.focus === view.id) outline(context, rect, colours.focus, 3)
  if (showName) drawName(context, scene, view.name, rect, level === 'block')
  if (level === 'low') drawCount(context, colours, view.columnCount, rect)
  if (view.change !== null && level === 'low') {
    const [sign, signColour] = changeSigns[view.change]
    context.fillStyle = colours[signColour]
    context.fillText(sign, rect.x + rect.width - 12, rect.y + 14)
  }
  if (marks.errors > 0) drawMark(context, colours.error, rect, 'x')
  else if (marks.warnings > 0) drawMark(context, colours.warning, rect, '!')
}

const changeSigns = {
  added: ['+', 'valid'],
  changed: ['~', 'warning'],
  removed: ['−', 'error'],
} as const

const mixed = new Map<string, string>()

/** A share of one colour in another. The texts are kept: a scene asks for the same few hundreds of times. */
export function mix(colour: string, percent: number, into: string): string {
  const key = `${colour}${percent}${into}`
  let text = mixed.get(key)
  if (text === undefined) {
    text = `color-mix(in oklab, ${colour} ${percent}%, ${into})`
    mixed.set(key, text)
  }
  return text
}

export function roundRect(context: CanvasRenderingContext2D, rect: Rect, radius: number): void {
  context.beginPath()
  context.roundRect(
    rect.x,
    rect.y,
    rect.width,
    rect.height,
    Math.min(radius, rect.width / 2, rect.height / 2),
  )
}

function outline(context: CanvasRenderingContext2D, rect: Rect, colour: string, gap: number): void {
  context.strokeStyle = colour
  context.lineWidth = 2
  roundRect(
    context,
    { x: rect.x - gap, y: rect.y - gap, width: rect.width + 2 * gap, height: rect.height + 2 * gap },
    4,
  )
  context.stroke()
}

const nameLine = 13

/** The name at 11 px, broken after `_` into at most two lines. A filled block shows it beside itself, on a plate. */
function drawName(
  context: CanvasRenderingContext2D,
  { colours }: Scene,
  name: string,
  rect: Rect,
  onPlate: boolean,
): void {
  context.font = `500 11px ${colours.font}`
  context.textBaseline = 'alphabetic'
  if (onPlate) {
    const width = context.measureText(name).width + 10
    const plate = { x: rect.x, y: rect.y - 20, width, height: 17 }
    context.fillStyle = colours.raised
    context.strokeStyle = colours.edge
    context.lineWidth = 1
    roundRect(context, plate, 3)
    context.fill()
    context.stroke()
    context.fillStyle = colours.text
    context.fillText(name, plate.x + 5, plate.y + 12)
    return
  }
  context.save()
  context.beginPath()
  context.rect(rect.x, rect.y, rect.width, rect.height)
  context.clip()
  context.fillStyle = colours.text
  for (const [index, line] of brokenName(name, rect.width - 10, context).entries()) {
    context.fillText(line, rect.x + 5, rect.y + 15 + index * nameLine)
  }
  context.restore()
}

function brokenName(name: string, room: number, context: CanvasRenderingContext2D): readonly string[] {
  if (context.measureText(name).width <= room) return [name]
  const parts = name.split(/(?<=_)/)
  let first = parts[0] ?? name
  let used = 1
  while (used < parts.length && context.measureText(first + (parts[used] ?? '')).width <= room) {
    first += parts[used] ?? ''
    used += 1
  }
  return [first, parts.slice(used).join('')].filter((line) => line !== '')
}

function drawCount(
  context: CanvasRenderingContext2D,
  colours: OverviewColours,
  count: number,
  rect: Rect,
): void {
  if (rect.height < 48) return
  context.font = `400 11px ${colours.font}`
  context.fillStyle = colours.quiet
  context.fillText(String(count), rect.x + 5, rect.y + rect.height - 6)
}

/** A circle with a cross, or a triangle with a stroke, 12 px, in the lower right corner. */
function drawMark(context: CanvasRenderingContext2D, colour: string, rect: Rect, sign: 'x' | '!'): void {
  const x = rect.x + rect.width - 10
  const y = rect.y + rect.height - 10
  context.strokeStyle = colour
  context.lineWidth = 1.4
  context.beginPath()
  if (sign === 'x') {
    context.arc(x, y, 5.5, 0, 2 * Math.PI)
    context.moveTo(x - 2, y - 2)
    context.lineTo(x + 2, y + 2)
    context.moveTo(x + 2, y - 2)
    context.lineTo(x - 2, y + 2)
  } else {
    context.moveTo(x, y - 5.5)
    context.lineTo(x + 6, y + 5)
    context.lineTo(x - 6, y + 5)
    context.closePath()
    context.moveTo(x, y - 1.5)
    context.lineTo(x, y + 1.5)
  }
  context.stroke()
}
