import type { KeyboardEvent } from 'react'
import { backToNow, lookBack, stepThroughPast } from '../../state/past.ts'

/** Keys on the list of past migrations, the last of which is on top. */
export function leadThroughPast(event: KeyboardEvent): void {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event
  if (altKey || ctrlKey || metaKey || shiftKey) return
  if (key === 'ArrowLeft' || key === 'ArrowDown') stepThroughPast(-1)
  else if (key === 'ArrowRight' || key === 'ArrowUp') stepThroughPast(1)
  else if (key === 'Home') lookBack(1)
  else if (key === 'End') lookBack(Number.POSITIVE_INFINITY)
  else if (key === 'Escape') backToNow()
  else return
  event.preventDefault()
  event.stopPropagation()
}
