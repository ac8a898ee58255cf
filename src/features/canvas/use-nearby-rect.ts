import { type ReactFlowState, useStore } from '@xyflow/react'
import { useMemo } from 'react'
import type { Rect } from '../../core/layout/node-size.ts'

/** In canvas px: how far the screen may move before what is near it is found anew. */
const step = 512

/** The key changes only when the screen has moved by a step, so that panning does not render. */
function nearbyKey({ transform: [x, y, zoom], width, height }: ReactFlowState): string {
  const left = Math.floor(-x / zoom / step) - 1
  const top = Math.floor(-y / zoom / step) - 1
  const right = Math.ceil((width - x) / zoom / step) + 1
  const bottom = Math.ceil((height - y) / zoom / step) + 1
  return [left, top, right, bottom].join(' ')
}

/** The part of the canvas on the screen, with a margin, in canvas px. */
export function useNearbyRect(): Rect {
  const key = useStore(nearbyKey)
  return useMemo(() => {
    const [left = 0, top = 0, right = 0, bottom = 0] = key.split(' ').map(Number)
    return { x: left * step, y: top * step, width: (right - left) * step, height: (bottom - top) * step }
  }, [key])
}
