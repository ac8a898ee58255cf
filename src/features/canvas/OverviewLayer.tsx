import { type ReactFlowState, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { useSession } from '../../state/use-stores.ts'
import { onThemeChange } from '../../ui/theme.ts'
import styles from './canvas.module.css'
import { useCanvas } from './canvas-store.ts'
import { drawOverview, type OverviewColours, overviewColours } from './draw-overview.ts'
import { detailLevel } from './lod.ts'
import type { Diagram } from './use-diagram.ts'

interface OverviewLayerProps {
  readonly diagram: Diagram
}

/** Paints tables and edges on one canvas when zoomed out: hundreds of DOM nodes would not pan smoothly. */
export function OverviewLayer({ diagram }: OverviewLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const store = useStoreApi()
  const selection = useSession((state) => state.selection)
  const hovered = useCanvas((state) => state.hoveredNode)
  const focus = useCanvas((state) => state.focus)
  const latest = useRef({ diagram, selection, hovered, focus })
  const redraw = useRef<() => void>(() => undefined)

  useEffect(() => {
    let frame = 0
    let colours: OverviewColours | null = null
    const paint = () => {
      frame = 0
      const surface = canvas.current
      if (!surface) return
      const state = store.getState()
      const [x, y, zoom] = state.transform
      const level = detailLevel(zoom)
      surface.hidden = level === 'full'
      surface.parentElement?.style.setProperty('--zoom', String(level === 'full' ? 1 : zoom))
      if (level === 'full') return
      const context = sized(surface, state)
      colours ??= overviewColours(surface)
      const focused = surface.parentElement?.querySelector('[data-table]:focus-visible') !== null
      const { focus: stop, ...scene } = latest.current
      drawOverview(context, { ...scene, focus: focused ? stop : null, x, y, zoom, level, colours })
    }
    const schedule = () => {
      if (frame === 0) frame = requestAnimationFrame(paint)
    }
    redraw.current = schedule
    const stops = [
      store.subscribe((now, before) => {
        if (
          now.transform !== before.transform ||
          now.width !== before.width ||
          now.height !== before.height
        ) {
          schedule()
        }
      }),
      onThemeChange(() => {
        colours = null
        schedule()
      }),
    ]
    void document.fonts?.ready.then(schedule)
    schedule()
    return () => {
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
    }
  }, [store])

  useEffect(() => {
    latest.current = { diagram, selection, hovered, focus }
    redraw.current()
  }, [diagram, selection, hovered, focus])

  return <canvas ref={canvas} className={styles.overview} aria-hidden />
}

/** Gives the canvas as many pixels as the screen has there; returns a context in CSS px. */
function sized(surface: HTMLCanvasElement, { width, height }: ReactFlowState): CanvasRenderingContext2D {
  const context = surface.getContext('2d')
  if (!context) throw new Error('No 2D canvas')
  const ratio = window.devicePixelRatio
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (surface.width !== w || surface.height !== h) {
    surface.width = w
    surface.height = h
    surface.style.width = `${width}px`
    surface.style.height = `${height}px`
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  return context
}
