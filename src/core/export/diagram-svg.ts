import { nodePositions } from '../layout/diagram-layout.ts'
import { edgePath } from '../layout/edge-geometry.ts'
import { routeBend } from '../layout/edge-routing.ts'
import { edgeViews } from '../layout/edge-view.ts'
import { headerCentre, nodeMeasures, type Rect, rowCentre } from '../layout/node-size.ts'
import { boundsOfAll } from '../layout/placement.ts'
import { type RowView, type TableView, tableViews } from '../layout/table-view.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { escapeMarkup } from './markup.ts'

const margin = 32

/** The diagram as SVG, readable on its own: tables where they are placed, edges with crow's feet. Empty without tables. */
export function diagramSvg(document: SchemaDocument): string {
  const expanded = new Set(document.objects.keys())
  const views = [...tableViews(document, document, { urgent: new Set(), expanded }, new Map()).values()].map(
    ({ view }) => view,
  )
  const positions = nodePositions(
    new Map(views.map((view) => [view.id, view.size])),
    document.diagram,
    new Map(),
  )
  const rects = new Map<ObjectId, Rect>(
    views.map((view) => [view.id, { ...(positions.get(view.id) ?? { x: 0, y: 0 }), ...view.size }]),
  )
  const bounds = boundsOfAll([...rects.values()])
  if (!bounds) return ''
  const obstacles = [...rects.values()]
  const byId = new Map(views.map((view) => [view.id, view]))
  const edges = [...edgeViews(document, document, new Map()).values()].flatMap((edge) => {
    const [from, to] = [rects.get(edge.fromTable), rects.get(edge.toTable)]
    if (!from || !to) return []
    const ends = [
      { node: from, y: rowY(from, byId.get(edge.fromTable), edge.fromColumns[0]) },
      { node: to, y: rowY(to, byId.get(edge.toTable), edge.toColumns[0]) },
    ] as const
    const { line, ends: marks } = edgePath(...ends, edge.child, edge.parent, routeBend(...ends, obstacles))
    return [`<path d="${line}${marks}"/>`]
  })
  const box = [bounds.x - margin, bounds.y - margin, bounds.width + 2 * margin, bounds.height + 2 * margin]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(' ')}" width="${box[2]}" height="${box[3]}" font-family="IBM Plex Sans, system-ui, sans-serif" font-size="12">
<g fill="none" stroke="#5b6470" stroke-width="1.25">${edges.join('')}</g>
${views.map((view) => tableSvg(view, rects.get(view.id) ?? bounds)).join('\n')}
</svg>`
}

function rowY(node: Rect, view: TableView | undefined, column: ObjectId | undefined): number {
  const index = view?.rows.findIndex(({ id }) => id === column) ?? -1
  return node.y + (index === -1 ? headerCentre : rowCentre(index))
}

function tableSvg(view: TableView, { x, y, width, height }: Rect): string {
  const name = `<text x="${x + 12}" y="${y + 20}" font-size="13" font-weight="600">${escapeMarkup(view.name)}${
    view.namespace === ''
      ? ''
      : ` <tspan font-size="11" font-weight="400" fill="#6b7480">${escapeMarkup(view.namespace)}</tspan>`
  }</text>`
  const line = `<path d="M${x} ${y + nodeMeasures.header}h${width}" stroke="#d4d9df"/>`
  const rows = view.rows.map((row, index) => rowSvg(row, x, y + rowCentre(index), width))
  const frame = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#fff" stroke="#b6bec8"/>`
  return `<g fill="#1c2127">${frame}${name}${line}${rows.join('')}</g>`
}

function rowSvg({ name, type, key, nullable }: RowView, x: number, centre: number, width: number): string {
  const mark = key === null ? '' : { primary: 'PK', foreign: 'FK' }[key]
  const weight = key === 'primary' ? ' font-weight="600"' : ''
  return (
    `<text x="${x + 10}" y="${centre + 4}" font-size="9" fill="#6b7480">${mark}</text>` +
    `<text x="${x + 30}" y="${centre + 4}"${weight}>${escapeMarkup(name)}</text>` +
    `<text x="${x + width - 10}" y="${centre + 4}" text-anchor="end" font-family="JetBrains Mono, monospace" font-size="11" fill="#6b7480">${escapeMarkup(type)}${nullable ? '?' : ''}</text>`
  )
}
