import type { ReactFlowState } from '@xyflow/react'
import { useStore } from '@xyflow/react'

/** How much a table shows at a zoom: all; its name and column count; a filled block. */
export type DetailLevel = 'full' | 'low' | 'block'

/** Zoom factors at which the drawing changes. */
export const fullDetailFrom = 0.6
const lowDetailFrom = 0.25

export function detailLevel(zoom: number): DetailLevel {
  return zoom >= fullDetailFrom ? 'full' : zoom >= lowDetailFrom ? 'low' : 'block'
}

const selectLevel = (state: ReactFlowState): DetailLevel => detailLevel(state.transform[2])

/** The present level; renders again only when it changes. */
export function useDetailLevel(): DetailLevel {
  return useStore(selectLevel)
}
