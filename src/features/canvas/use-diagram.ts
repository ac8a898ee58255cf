import { useMemo, useRef } from 'react'
import { nodePositions } from '../../core/layout/diagram-layout.ts'
import { type EdgeViews, edgeViews } from '../../core/layout/edge-view.ts'
import type { Point } from '../../core/layout/node-size.ts'
import { type TableViews, tableViews } from '../../core/layout/table-view.ts'
import type { Area, Note, TableColour } from '../../core/model/diagram.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import type { ObjectId } from '../../core/model/object.ts'
import type { Problem } from '../../core/model/problem.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { useShown, useShownProblems } from '../../state/past.ts'
import { useSession } from '../../state/use-stores.ts'
import { useCanvas } from './canvas-store.ts'
import type { CanvasNode, TableNodeType } from './nodes.ts'
import { type NodeMarks, noMarks, problemMarks } from './problem-marks.ts'

/** What the drawing is made from. */
interface DiagramInput {
  readonly document: SchemaDocument
  readonly baseline: SchemaDocument
  /** Set where changes show even if the baseline has no table. */
  readonly marked: true | undefined
  readonly problems: readonly Problem[]
  readonly selection: readonly string[]
  readonly dragged: ReadonlyMap<string, Point> | null
  readonly expanded: ReadonlySet<ObjectId>
}

/** What is drawn: nodes for React Flow and edges for our own layer. */
export interface Diagram {
  readonly input: DiagramInput | null
  readonly views: TableViews
  readonly edges: EdgeViews
  readonly marks: ReadonlyMap<ObjectId, NodeMarks>
  readonly places: ReadonlyMap<ObjectId, Point>
  readonly nodes: ReadonlyMap<string, CanvasNode>
}

const emptyDiagram: Diagram = {
  input: null,
  views: new Map(),
  edges: new Map(),
  marks: new Map(),
  places: new Map(),
  nodes: new Map(),
}

/** The drawing of the open document, or of the past that is looked at: what a migration changed is marked in it. */
export function useDiagram(): Diagram {
  const { past, document, baseline } = useShown()
  const problems = useShownProblems((found) => found)
  const marked = past ? true : undefined
  const selection = useSession((state) => state.selection)
  const dragged = useCanvas((state) => state.dragged)
  const expanded = useCanvas((state) => state.expanded)
  const previous = useRef(emptyDiagram)
  const diagram = useMemo(
    () =>
      drawDiagram({ document, baseline, marked, problems, selection, dragged, expanded }, previous.current),
    [document, baseline, marked, problems, selection, dragged, expanded],
  )
  previous.current = diagram
  return diagram
}

/** Draws anew only what changed: everything else keeps its identity, so that React skips it. */
function drawDiagram(input: DiagramInput, before: Diagram): Diagram {
  const old = before.input
  if (old && onlyDragged(old, input)) return { ...before, input, nodes: moveNodes(before, input.dragged) }
  const schema = schemaOf(input.document)
  const sameObjects = old?.document.objects === input.document.objects
  const sameBaseline = old?.baseline.objects === input.baseline.objects && old.marked === input.marked
  const sameProblems = old?.problems === input.problems
  const marks =
    sameObjects && sameProblems ? before.marks : problemMarks(input.problems, schema, before.marks)
  const choice = () => ({
    urgent: new Set([...marks.values()].flatMap((mark) => Object.keys(mark.rows))),
    expanded: input.expanded,
  })
  const views =
    sameObjects && sameBaseline && marks === before.marks && old?.expanded === input.expanded
      ? before.views
      : tableViews(input.document, input.baseline, choice(), before.views, input.marked)
  const edges =
    sameObjects && sameBaseline
      ? before.edges
      : edgeViews(input.document, input.baseline, before.edges, input.marked)
  const sizes = new Map([...views].map(([id, { view }]) => [id, view.size]))
  const remembered = new Map([...placesOfRemoved(input, views), ...before.places])
  const places =
    views === before.views && old?.document.diagram === input.document.diagram
      ? before.places
      : nodePositions(sizes, input.document.diagram, remembered)
  return {
    input,
    views,
    edges,
    marks,
    places,
    nodes: drawNodes(input, { views, marks, places }, before.nodes),
  }
}

/** Removed tables stand where the baseline has them, unless they were drawn elsewhere before. */
function placesOfRemoved(
  { document, baseline }: DiagramInput,
  views: TableViews,
): ReadonlyMap<ObjectId, Point> {
  const places = new Map<ObjectId, Point>()
  for (const id of views.keys()) {
    const item = document.objects.has(id) ? undefined : baseline.diagram.get(id)
    if (item) places.set(id, item)
  }
  return places
}

/** True when nothing but a drag goes on: then only what is dragged is drawn anew, sixty times a second. */
function onlyDragged(old: DiagramInput, input: DiagramInput): boolean {
  return (
    old.document === input.document &&
    old.baseline === input.baseline &&
    old.problems === input.problems &&
    old.selection === input.selection &&
    old.expanded === input.expanded
  )
}

function moveNodes(before: Diagram, dragged: DiagramInput['dragged']): ReadonlyMap<string, CanvasNode> {
  const nodes = new Map(before.nodes)
  for (const id of new Set([...(before.input?.dragged?.keys() ?? []), ...(dragged?.keys() ?? [])])) {
    const node = nodes.get(id)
    const item = before.input?.document.diagram.get(id)
    const place = dragged?.get(id) ?? before.places.get(id) ?? item
    if (node && place) nodes.set(id, { ...node, position: { x: place.x, y: place.y } })
  }
  return nodes
}

function drawNodes(
  { document, selection, dragged }: DiagramInput,
  { views, marks, places }: Pick<Diagram, 'views' | 'marks' | 'places'>,
  before: ReadonlyMap<string, CanvasNode>,
): ReadonlyMap<string, CanvasNode> {
  const selected = new Set(selection)
  const nodes = new Map<string, CanvasNode>()
  const add = (node: CanvasNode) => {
    const known = before.get(node.id)
    nodes.set(node.id, known && sameNode(known, node) ? known : node)
  }
  const positionOf = (id: string, own: Point): Point => dragged?.get(id) ?? own
  for (const item of document.diagram.values()) {
    if (item.kind === 'area') add(areaNode(item, positionOf(item.id, item), selected.has(item.id)))
    if (item.kind === 'note') add(noteNode(item, positionOf(item.id, item), selected.has(item.id)))
  }
  for (const [id, { view }] of views) {
    const item = document.diagram.get(id)
    const place = positionOf(id, places.get(id) ?? { x: 0, y: 0 })
    const colour: TableColour = item?.kind === 'placement' ? item.colour : 'none'
    const node = tableNode(view, colour, marks.get(id) ?? noMarks, place, selected.has(id))
    add(view.change === 'removed' ? { ...node, ...inert } : node)
  }
  return nodes
}

function tableNode(
  view: TableNodeType['data']['view'],
  colour: TableColour,
  marks: NodeMarks,
  position: Point,
  selected: boolean,
): TableNodeType {
  return {
    id: view.id,
    type: 'table',
    position: { x: position.x, y: position.y },
    width: view.size.width,
    height: view.size.height,
    measured: view.size,
    handles: [],
    ariaRole: 'group',
    selected,
    zIndex: selected ? 5 : 0,
    data: { view, colour, marks },
  }
}

/** What was removed is only looked at, behind what is there. */
const inert = { selectable: false, draggable: false, zIndex: -1 } as const

/** Rough height of a note before it is drawn, for the minimap and for fitting: 16 a line. */
function noteHeight(note: Note): number {
  const perLine = Math.max(8, Math.floor((note.width - 22) / 6))
  const lines = note.text.split('\n').map((line) => Math.max(1, Math.ceil(line.length / perLine)))
  return 16 + 16 * lines.reduce((sum, count) => sum + count, 0)
}

function noteNode(note: Note, position: Point, selected: boolean): CanvasNode {
  const size = { width: note.width, height: noteHeight(note) }
  return {
    id: note.id,
    type: 'note',
    position: { x: position.x, y: position.y },
    ...size,
    measured: size,
    handles: [],
    ariaRole: 'group',
    selected,
    zIndex: selected ? 5 : 0,
    data: { note },
  }
}

function areaNode(area: Area, position: Point, selected: boolean): CanvasNode {
  const size = { width: area.width, height: area.height }
  return {
    id: area.id,
    type: 'area',
    position: { x: position.x, y: position.y },
    ...size,
    measured: size,
    handles: [],
    ariaRole: 'group',
    selected,
    zIndex: -2,
    // A marquee drawn inside an area is about its tables; a click on its title selects it.
    selectable: false,
    style: { pointerEvents: 'none' },
    data: { area },
  }
}

function sameNode(a: CanvasNode, b: CanvasNode): boolean {
  return (
    a.type === b.type &&
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.selected === b.selected &&
    a.width === b.width &&
    a.height === b.height &&
    sameData(a.data, b.data)
  )
}

function sameData(a: CanvasNode['data'], b: CanvasNode['data']): boolean {
  const others = new Map<string, unknown>(Object.entries(b))
  return Object.entries(a).every(([key, value]) => others.get(key) === value)
}
