import { duplicateObjects } from '../../core/commands/clip.ts'
import { createTable } from '../../core/commands/create-table.ts'
import { addArea, addNote } from '../../core/commands/diagram-items.ts'
import { moveItems, setColour } from '../../core/commands/place.ts'
import { removalOf, removeObjects } from '../../core/commands/remove-objects.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { nodeHeight, type Point, type Rect } from '../../core/layout/node-size.ts'
import { boundsOfAll, freePlace } from '../../core/layout/placement.ts'
import type { TableColour } from '../../core/model/diagram.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { applyPatch } from '../../core/model/patch.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { dispatch, documentStore } from '../../state/document-store.ts'
import { timesOfFolder } from '../../state/linked-folder-store.ts'
import { newId } from '../../state/new-id.ts'
import { select, sessionStore } from '../../state/session-store.ts'
import { toast } from '../../ui/toast.ts'
import { canvasStore, draftColumn, focusNode } from './canvas-store.ts'
import { rectOf } from './nodes.ts'
import { tableOf } from './problem-marks.ts'
import {
  drawnNodes,
  drawnPlaces,
  fitAll,
  placeFor,
  readingOrder,
  revealNodes,
  snapPoint,
  unsavedPlaces,
} from './viewport.ts'

/** What a new table will need once it has some columns. */
const roomForTable = { width: 240, height: nodeHeight(8) }

/** Makes a table at the point, or where there is room on the screen, and lets its name be typed. */
export function newTable(at?: Point): void {
  const id = newId()
  const place = placeFor(roomForTable, at && snapPoint(at))
  const times = timesOfFolder()
  const ids = { id, newId, ...place }
  dispatch('New table', (document) => createTable(document, times ? { ...ids, times } : ids))
  select([id])
  canvasStore.setState({ focus: id, focusRow: null, focusWanted: false, draft: null })
  sessionStore.setState({ renaming: id })
  requestAnimationFrame(() => revealNodes([id], { readable: true }))
}

/** Opens a new row in the table that is selected or holds the selection. */
export function newColumn(table: ObjectId | undefined = selectedTables()[0]): void {
  if (table === undefined) return
  revealNodes([table], { readable: true })
  draftColumn(table)
}

export function newNote(at?: Point): void {
  const id = newId()
  const place = placeFor({ width: 208, height: 48 }, at && snapPoint(at))
  dispatch('New note', (document) => addNote(document, { id, ...place, width: 208, text: '' }))
  select([id])
  sessionStore.setState({ renaming: id })
}

/** An area around the selected tables, or an empty one. */
export function newArea(at?: Point): void {
  const id = newId()
  const chosen = new Set(selectedTables())
  const bounds = boundsOfAll(
    drawnNodes()
      .filter((node) => chosen.has(node.id))
      .map(rectOf),
  )
  const room = { side: 24, top: 48 }
  const frame =
    bounds && !at
      ? {
          ...snapPoint({ x: bounds.x - room.side, y: bounds.y - room.top }),
          width: bounds.width + 2 * room.side,
          height: bounds.height + room.top + room.side,
        }
      : { ...placeFor({ width: 480, height: 320 }, at && snapPoint(at)), width: 480, height: 320 }
  dispatch('New area', (document) => addArea(document, { id, ...frame, title: 'Area', colour: 'none' }))
  select([id])
  sessionStore.setState({ renaming: id })
}

/** The tables that are selected or hold what is selected, each once. */
export function selectedTables(): readonly ObjectId[] {
  const schema = schemaOf(documentStore.getState().document)
  const tables = sessionStore.getState().selection.flatMap((id) => tableOf(id, schema) ?? [])
  return [...new Set(tables)]
}

/** Removes the selection; the keyboard goes to what comes next. */
export function removeSelection(): void {
  const { selection } = sessionStore.getState()
  const { document } = documentStore.getState()
  if (selection.length === 0) return
  const { removed, kept } = removalOf(document, selection)
  const next = nextAfter(selection, removed)
  dispatch(selection.length === 1 ? 'Delete' : `Delete ${selection.length} objects`, (current) =>
    removeObjects(current, selection),
  )
  for (const { object, usedBy } of kept) {
    const name = document.objects.get(object)?.name ?? ''
    const users = usedBy.map((id) => document.objects.get(id)?.name).join(', ')
    toast(`${name} is in use`, { description: `Change the type of ${users} first.` })
  }
  if (kept.length > 0) return
  select(next === null ? [] : [next.row ?? next.table])
  focusNode(next?.table ?? null, next?.row ?? null)
}

function nextAfter(
  selection: readonly string[],
  removed: ReadonlySet<ObjectId>,
): { readonly table: ObjectId; readonly row: ObjectId | null } | null {
  const schema = schemaOf(documentStore.getState().document)
  const last = selection.at(-1) ?? ''
  const table = tableOf(last, schema)
  if (table !== null && !removed.has(table)) {
    const columns = schema.childrenOf(table, isColumn)
    const at = columns.findIndex((column) => column.id === last)
    const rest = at < 0 ? [] : [...columns.slice(at + 1), ...columns.slice(0, at).reverse()]
    return { table, row: rest.find((column) => !removed.has(column.id))?.id ?? null }
  }
  const order = readingOrder(drawnNodes())
  const at = order.findIndex((node) => node.id === last)
  const rest = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at)).reverse()]
  const next = rest.find((node) => !removed.has(node.id) && !selection.includes(node.id))
  return next ? { table: next.id, row: null } : null
}

export function duplicateSelection(): void {
  const { selection } = sessionStore.getState()
  const { document } = documentStore.getState()
  const { patch, ids } = duplicateObjects(document, selection, newId)
  dispatch('Duplicate', () => patch)
  select(ids)
}

/** Moves the selected tables, notes and areas by so many px. */
export function nudge(dx: number, dy: number): void {
  const wanted = new Set([...selectedTables(), ...sessionStore.getState().selection])
  const places = new Map(
    [...drawnPlaces()].flatMap(([id, { x, y }]) => (wanted.has(id) ? [[id, { x: x + dx, y: y + dy }]] : [])),
  )
  if (places.size > 0)
    dispatch('Move', (document) => moveItems(document, new Map([...unsavedPlaces(), ...places])))
}

export function colourSelection(colour: TableColour, ids: readonly string[]): void {
  const places = drawnPlaces()
  dispatch('Change colour', (document) => setColour(document, { ids, colour, places }))
}

/** Arranges everything, areas with what is in them, or only the selected tables when there are several. */
export async function arrange(): Promise<void> {
  const { document } = documentStore.getState()
  const chosen = new Set(selectedTables())
  const some = chosen.size > 1
  const bounds = boundsOfAll(
    drawnNodes()
      .filter((node) => chosen.has(node.id))
      .map(rectOf),
  )
  canvasStore.setState({ arranging: true })
  try {
    const { arrangedPlaces } = await import('../../state/auto-layout.ts')
    const drawn = applyPatch(document, moveItems(document, unsavedPlaces()))
    const places = await arrangedPlaces(drawn, some && bounds ? { only: chosen, origin: bounds } : {})
    const all = new Map([...unsavedPlaces(), ...places, ...(some ? [] : displacedNotes(places))])
    dispatch('Arrange tables', (current) => moveItems(current, all))
    if (!some) requestAnimationFrame(fitAll)
  } finally {
    canvasStore.setState({ arranging: false })
  }
}

/** Notes that would lie under an arranged table go to the nearest free place. */
function displacedNotes(places: ReadonlyMap<string, Rect>): ReadonlyMap<string, Point> {
  const taken = [...places].flatMap(([id, rect]) =>
    documentStore.getState().document.objects.has(id) ? [rect] : [],
  )
  const moved = new Map<string, Point>()
  for (const note of drawnNodes().filter((node) => node.type === 'note')) {
    const rect = rectOf(note)
    const place = freePlace(rect, rect, taken)
    taken.push({ ...rect, ...place })
    moved.set(note.id, place)
  }
  return moved
}
