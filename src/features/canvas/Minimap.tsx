import { type PointerEvent, useRef } from 'react'
import type { Point, Rect } from '../../core/layout/node-size.ts'
import { useSession } from '../../state/use-stores.ts'
import styles from './canvas.module.css'
import { canvasStore } from './canvas-store.ts'
import { drawMinimap, type Mapping, mappingOf } from './draw-minimap.ts'
import type { Diagram } from './use-diagram.ts'
import { sized, usePainting } from './use-painting.ts'
import { zoomBy } from './viewport.ts'

/** Given by the look, without the border. */
const size = { width: 190, height: 132 }

/** All tables and areas in small, with the part on the screen; dragging in it moves the screen, the wheel zooms. */
export function Minimap({ diagram }: { readonly diagram: Diagram }) {
  const selection = useSession((state) => state.selection)
  const mapping = useRef<Mapping | null>(null)
  const drag = useRef<Grip | null>(null)
  const canvas = usePainting((surface, { transform: [x, y, zoom], width, height }, colours) => {
    const screen: Rect = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
    // While it is dragged the scale stays: the frame follows the pointer.
    if (!drag.current || !mapping.current) mapping.current = mappingOf(diagram, screen, size)
    const context = sized(surface, size.width, size.height)
    drawMinimap(context, { diagram, selection, screen, mapping: mapping.current, colours })
  })
  const pointOf = (event: PointerEvent): Point => {
    const box = canvas.current?.getBoundingClientRect()
    const { x, y, scale } = mapping.current ?? { x: 0, y: 0, scale: 1 }
    return {
      x: (event.clientX - (box?.x ?? 0) - x) / scale,
      y: (event.clientY - (box?.y ?? 0) - y) / scale,
    }
  }
  return (
    <canvas
      ref={canvas}
      className={styles.minimap}
      role="img"
      aria-label="Minimap"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = gripAt(pointOf(event))
        moveTo(pointOf(event), drag.current)
      }}
      onPointerMove={(event) => drag.current && moveTo(pointOf(event), drag.current)}
      onPointerUp={() => {
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
      onWheel={(event) => zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1)}
    />
  )
}

/** From the pointer to the middle of the screen, in canvas px. */
interface Grip {
  readonly dx: number
  readonly dy: number
}

/** Inside the frame it is taken where it is; outside, its middle comes to the pointer. */
function gripAt(point: Point): Grip {
  const screen = screenRect()
  const [dx, dy] = [screen.x + screen.width / 2 - point.x, screen.y + screen.height / 2 - point.y]
  const isInside = Math.abs(dx) < screen.width / 2 && Math.abs(dy) < screen.height / 2
  return isInside ? { dx, dy } : { dx: 0, dy: 0 }
}

function moveTo(point: Point, { dx, dy }: Grip): void {
  const { flow } = canvasStore.getState()
  if (flow) void flow.setCenter(point.x + dx, point.y + dy, { zoom: flow.getZoom() })
}

function screenRect(): Rect {
  const { flow } = canvasStore.getState()
  const box = document.querySelector('[data-canvas]')?.getBoundingClientRect()
  if (!flow || !box) return { x: 0, y: 0, width: 0, height: 0 }
  const corner = flow.screenToFlowPosition({ x: box.x, y: box.y }, { snapToGrid: false })
  return { ...corner, width: box.width / flow.getZoom(), height: box.height / flow.getZoom() }
}
