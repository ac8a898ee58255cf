import { useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useRef } from 'react'

/** Keeps what is halfway down the screen there when the drawer takes room below it, or gives it back. */
export function useSteadyMiddle(): void {
  const height = useStore((state) => state.height)
  const { getViewport, setViewport } = useReactFlow()
  const before = useRef(0)
  useEffect(() => {
    const shift = (height - before.current) / 2
    const isFirst = before.current === 0
    before.current = height
    if (isFirst || shift === 0) return
    const { x, y, zoom } = getViewport()
    void setViewport({ x, y: y + shift, zoom })
  }, [height, getViewport, setViewport])
}
