import { useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { sessionStore } from '../../state/session-store.ts'
import type { CanvasNode } from './nodes.ts'
import { tablesShowing } from './tables-showing.ts'

/** Room above a header that is kept in sight, and from its top to the lower edge; screen px. */
const above = 16
const below = 64

/**
 * Keeps what is halfway down the screen there when the drawer takes room below it, or gives it back; a selected
 * table whose header was in sight stays so even if the middle must give way.
 */
export function useSteadyMiddle(): void {
  const height = useStore((state) => state.height)
  const { getNode, getViewport, setViewport } = useReactFlow<CanvasNode>()
  const before = useRef(0)
  useEffect(() => {
    const previous = before.current
    before.current = height
    if (previous === 0 || previous === height) return
    const { x, y, zoom } = getViewport()
    const middle = y + (height - previous) / 2
    const [selected] = tablesShowing(sessionStore.getState().selection)
    const top = (getNode(selected ?? '')?.position.y ?? Number.NaN) * zoom
    const wasInSight = top + y >= 0 && top + y < previous
    const steady = wasInSight ? Math.max(above, Math.min(top + middle, height - below)) - top : middle
    void setViewport({ x, y: steady, zoom })
  }, [height, getNode, getViewport, setViewport])
}
