import { useSession } from '../../state/use-stores.ts'
import styles from './canvas.module.css'
import { useCanvas } from './canvas-store.ts'
import { drawOverview } from './draw-overview.ts'
import { detailLevel } from './lod.ts'
import type { Diagram } from './use-diagram.ts'
import { sized, usePainting } from './use-painting.ts'

interface OverviewLayerProps {
  readonly diagram: Diagram
}

/** Paints tables and edges on one canvas when zoomed out: hundreds of DOM nodes would not pan smoothly. */
export function OverviewLayer({ diagram }: OverviewLayerProps) {
  const selection = useSession((state) => state.selection)
  const hovered = useCanvas((state) => state.hoveredNode)
  const stop = useCanvas((state) => state.focus)
  const canvas = usePainting((surface, { transform: [x, y, zoom], width, height }, colours) => {
    const level = detailLevel(zoom)
    surface.hidden = level === 'full'
    surface.parentElement?.style.setProperty('--zoom', String(level === 'full' ? 1 : zoom))
    if (level === 'full') return
    const focused = surface.parentElement?.querySelector('[data-table]:focus-visible') !== null
    const focus = focused ? stop : null
    const context = sized(surface, width, height)
    drawOverview(context, { diagram, selection, hovered, focus, x, y, zoom, level, colours })
  })
  return <canvas ref={canvas} className={styles.overview} aria-hidden />
}
