import type { ObjectId } from '../../core/model/object.ts'
import { canvasStore, focusNode } from './canvas-store.ts'
import { makeLink } from './link-gesture.ts'
import { nearest } from './navigation.ts'
import type { Diagram } from './use-diagram.ts'
import { revealNodes } from './viewport.ts'

/** Begins to draw a foreign key with the keyboard: arrows choose the target, Enter makes it. */
export function startKeyboardLink(from: ObjectId, fromTable: ObjectId): void {
  canvasStore.setState({ link: { from, fromTable, over: null, at: null } })
}

/** Left and right go to other tables, up and down to the rows of the one that is chosen. */
export function handleLinkKey(key: string, diagram: Diagram): boolean {
  const { link } = canvasStore.getState()
  if (!link) return false
  const table = tableHolding(link.over, diagram) ?? link.fromTable
  switch (key) {
    case 'Escape':
      canvasStore.setState({ link: null })
      focusNode(link.fromTable, link.from)
      return true
    case 'Enter':
      canvasStore.setState({ link: null })
      if (link.over !== null) makeLink(link.from, link.over)
      focusNode(link.fromTable, link.from)
      return true
    case 'ArrowLeft':
    case 'ArrowRight': {
      const node = diagram.nodes.get(table)
      choose(node && nearest(node, key, diagram)?.id)
      return true
    }
    case 'ArrowUp':
    case 'ArrowDown':
      choose(rowBeside(table, link.over, key === 'ArrowDown' ? 1 : -1, diagram))
      return true
    default:
      return key === 'Tab'
  }
}

function choose(over: ObjectId | undefined): void {
  const { link } = canvasStore.getState()
  if (!link || over === undefined) return
  canvasStore.setState({ link: { ...link, over } })
  revealNodes([over])
}

function rowBeside(
  table: ObjectId | null,
  over: ObjectId | null,
  step: 1 | -1,
  diagram: Diagram,
): ObjectId | undefined {
  const rows = (table === null ? undefined : diagram.views.get(table)?.view.rows) ?? []
  const at = rows.findIndex((row) => row.id === over)
  if (at === 0 && step < 0) return table ?? undefined
  return rows[at < 0 && step < 0 ? -1 : at + step]?.id
}

function tableHolding(id: ObjectId | null, diagram: Diagram): ObjectId | null {
  if (id === null || diagram.views.has(id)) return id
  for (const [table, { view }] of diagram.views) if (view.rows.some((row) => row.id === id)) return table
  return null
}
