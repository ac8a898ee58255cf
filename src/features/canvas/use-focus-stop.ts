import { type RefObject, useEffect, useRef } from 'react'
import type { ObjectId } from '../../core/model/object.ts'
import { canvasStore, useCanvas } from './canvas-store.ts'

/** A ref for what the keyboard can stop at: a node (`row` null) or one of its rows. */
export function useFocusStop<E extends HTMLElement>(
  node: ObjectId,
  row: ObjectId | null = null,
): RefObject<E | null> {
  const ref = useRef<E>(null)
  const isWanted = useCanvas(
    (state) =>
      state.focusWanted && (row === null ? state.focus === node && !state.focusRow : state.focusRow === row),
  )
  useEffect(() => {
    if (!isWanted) return
    ref.current?.focus({ preventScroll: true })
    canvasStore.setState({ focusWanted: false })
  }, [isWanted])
  return ref
}
