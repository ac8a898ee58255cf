import type { Template, TemplateTable } from '../../core/templates/template.ts'
import styles from './projects.module.css'

const width = 172
const height = 96
const padding = 6
/** Miniature px to one of the canvas, at the most. */
const widest = 0.2
/** A line in a miniature table stands for several rows: the drawing is flatter than the diagram. */
const rowStep = 5
const top = 8

/** The template's diagram, drawn small from its stored places. */
export function TemplateMiniature({ template }: { readonly template: Template }) {
  const boxes = placeBoxes(template.tables)
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {template.links.map(([from, to]) => {
        const child = boxes.get(from)
        const parent = boxes.get(to)
        return (
          child &&
          parent && <path key={`${from} ${to}`} className={styles.miniLink} d={link(child, parent)} />
        )
      })}
      {[...boxes].map(([name, box]) => (
        <g key={name}>
          <rect
            className={styles.miniNode}
            x={box.x}
            y={box.y}
            width={box.width}
            height={box.height}
            rx={2}
          />
          <rect x={box.x} y={box.y} width={box.width} height={3} rx={1} fill={`var(--table-${box.colour})`} />
          {box.lines.map((line) => (
            <g key={line.y}>
              <path className={styles.miniName} d={`M${box.x + 3.5} ${line.y}h${line.name}`} />
              <path className={styles.miniType} d={`M${box.x + box.width - 10} ${line.y}h7`} />
            </g>
          ))}
        </g>
      ))}
    </svg>
  )
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly colour: string
  readonly lines: readonly { readonly y: number; readonly name: number }[]
}

function placeBoxes(tables: readonly TemplateTable[]): ReadonlyMap<string, Box> {
  const bottom = (table: TemplateTable) => table.y + 56 + 22 * table.rows
  const left = Math.min(...tables.map((table) => table.x))
  const upper = Math.min(...tables.map((table) => table.y))
  const right = Math.max(...tables.map((table) => table.x + table.width))
  const lower = Math.max(...tables.map(bottom))
  const across = Math.min(widest, (width - 2 * padding) / (right - left))
  const down = Math.min(across, (height - 2 * padding) / (lower - upper))
  const shiftX = (width - (right - left) * across) / 2
  const shiftY = (height - (lower - upper) * down) / 2
  return new Map(
    tables.map((table) => {
      const x = half((table.x - left) * across + shiftX)
      const y = half((table.y - upper) * down + shiftY)
      const boxHeight = Math.round((bottom(table) - table.y) * down)
      const boxWidth = Math.round(table.width * across)
      const count = Math.max(1, Math.floor((boxHeight - top) / rowStep))
      const lines = Array.from({ length: count }, (_, index) => ({
        y: y + top + index * rowStep,
        name: 6 + ((index * 7 + table.name.length * 3) % Math.max(1, boxWidth - 22)),
      }))
      return [table.name, { x, y, width: boxWidth, height: boxHeight, colour: table.colour, lines }]
    }),
  )
}

/** On the half pixel, where a line of 1 px is sharp. */
function half(value: number): number {
  return Math.round(value) + 0.5
}

function link(child: Box, parent: Box): string {
  const from = child.y + top + rowStep
  const to = parent.y + top
  if (child.x + child.width <= parent.x) return bent(child.x + child.width, from, parent.x, to)
  if (parent.x + parent.width <= child.x) return bent(child.x, from, parent.x + parent.width, to)
  const out = Math.min(child.x, parent.x) - 5
  return `M${child.x} ${from}H${out}V${to}H${parent.x}`
}

function bent(x1: number, y1: number, x2: number, y2: number): string {
  return `M${x1} ${y1}H${half((x1 + x2) / 2)}V${y2}H${x2}`
}
