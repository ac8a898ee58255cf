import type { KeyboardEvent } from 'react'
import { backToNow, lookBack, stepThroughPast } from '../../state/past.ts'

/** Keys on the canvas while it shows the past: they lead through it. */
export function handlePastKey(event: KeyboardEvent): void {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event
  if (altKey || ctrlKey || metaKey || shiftKey) return
  if (key === 'ArrowLeft') stepThroughPast(-1)
  else if (key === 'ArrowRight') stepThroughPast(1)
  else if (key === 'Home') lookBack(1)
  else if (key === 'End') lookBack(Number.POSITIVE_INFINITY)
  else if (key === 'Escape') backToNow()
  else return
  event.preventDefault()
  event.stopPropagation()
}
