import type { PointerEvent as ReactPointerEvent } from 'react'
import { linkColumn } from '../../core/commands/add-foreign-key.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { dispatch, documentStore } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { select } from '../../state/session-store.ts'
import { toast } from '../../ui/toast.ts'
import { canvasStore } from './canvas-store.ts'

/** Begins to draw a foreign key from a row's handle; the pointer's release ends it, Escape takes it back. */
export function startLink(event: ReactPointerEvent, from: ObjectId, fromTable: ObjectId): void {
  if (event.button !== 0 || !documentStore.getState().document.objects.has(from)) return
  event.preventDefault()
  event.stopPropagation()
  follow(event.nativeEvent, from, fromTable)
}

function follow(start: PointerEvent, from: ObjectId, fromTable: ObjectId): void {
  const move = (event: PointerEvent) => {
    const at = canvasStore.getState().flow?.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    canvasStore.setState({ link: { from, fromTable, over: targetAt(event), at: at ?? null } })
  }
  const stop = () => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', drop)
    window.removeEventListener('pointercancel', stop)
    window.removeEventListener('keydown', cancel, true)
    canvasStore.setState({ link: null })
  }
  const drop = () => {
    const over = canvasStore.getState().link?.over ?? null
    stop()
    if (over !== null && over !== from) makeLink(from, over)
  }
  const cancel = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    stop()
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', drop)
  window.addEventListener('pointercancel', stop)
  window.addEventListener('keydown', cancel, true)
  move(start)
}

/** The row or table under the pointer. */
function targetAt(event: PointerEvent): ObjectId | null {
  const element = document.elementFromPoint(event.clientX, event.clientY)
  const row = element?.closest('[data-row]')?.getAttribute('data-row')
  return row ?? element?.closest('[data-table]')?.getAttribute('data-table') ?? null
}

/** Makes the foreign key that leads from a column to a column or table, and selects it. */
export function makeLink(from: ObjectId, to: ObjectId): void {
  const { objects } = documentStore.getState().document
  const target = objects.has(from) ? objects.get(to) : undefined
  if (target?.kind !== 'column' && target?.kind !== 'table') return
  const id = newId()
  dispatch('Add foreign key', (current) => linkColumn(current, { id, newId, from, to }))
  if (documentStore.getState().document.objects.has(id)) select([id])
  else toast(`${target.name} has no key to refer to`, { description: 'Give it a primary key first.' })
}
