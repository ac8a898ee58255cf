import { canvasStore } from './canvas-store.ts'
import type { MenuTarget } from './context-menu.ts'

/** What of the canvas an event happened on. */
export function targetOf(event: MouseEvent): MenuTarget {
  const element = event.target instanceof Element ? event.target : null
  const id = (name: string) => element?.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? null
  const { flow } = canvasStore.getState()
  const at = flow?.screenToFlowPosition({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 }
  return {
    row: id('row'),
    table: id('table') ?? element?.closest('.react-flow__node')?.getAttribute('data-id') ?? null,
    edge: id('edge'),
    at,
  }
}
