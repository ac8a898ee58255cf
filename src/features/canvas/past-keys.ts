import type { KeyboardEvent } from 'react'
import { leadThroughPast } from '../../state/past.ts'

/** Keys on the canvas while it shows the past: they lead through it. */
export function handlePastKey(event: KeyboardEvent): void {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event
  if (altKey || ctrlKey || metaKey || shiftKey) return
  if (!leadThroughPast(key)) return
  event.preventDefault()
  event.stopPropagation()
}
