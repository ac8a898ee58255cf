import type { KeyboardEvent } from 'react'
import { leadThroughPast } from '../../state/past.ts'

/** Keys on the list of past migrations, the last of which is on top. */
export function handlePastListKey(event: KeyboardEvent): void {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event
  if (altKey || ctrlKey || metaKey || shiftKey) return
  const sideways = key === 'ArrowDown' ? 'ArrowLeft' : key === 'ArrowUp' ? 'ArrowRight' : key
  if (!leadThroughPast(sideways)) return
  event.preventDefault()
  event.stopPropagation()
}
