import { type ReactFlowState, useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect, useRef } from 'react'
import { onThemeChange } from '../../ui/theme.ts'
import { type OverviewColours, overviewColours } from './draw-overview.ts'

/** Paints the canvas of the ref; `state` is React Flow's, with the viewport. */
export type Paint = (surface: HTMLCanvasElement, state: ReactFlowState, colours: OverviewColours) => void

/**
 * A canvas that is painted at most once a frame: after each rendering, and when the viewport, the theme or the fonts
 * change, which render nothing.
 */
export function usePainting(paint: Paint): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null)
  const store = useStoreApi()
  const latest = useRef(paint)
  const schedule = useRef<() => void>(() => undefined)

  useEffect(() => {
    let frame = 0
    let colours: OverviewColours | null = null
    const paintNow = () => {
      frame = 0
      const surface = canvas.current
      if (!surface) return
      colours ??= overviewColours(surface)
      latest.current(surface, store.getState(), colours)
    }
    schedule.current = () => {
      if (frame === 0) frame = requestAnimationFrame(paintNow)
    }
    const stops = [
      store.subscribe((now, before) => {
        const isSame =
          now.transform === before.transform && now.width === before.width && now.height === before.height
        if (!isSame) schedule.current()
      }),
      onThemeChange(() => {
        colours = null
        schedule.current()
      }),
    ]
    void document.fonts?.ready.then(() => schedule.current())
    return () => {
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
    }
  }, [store])

  useEffect(() => {
    latest.current = paint
    schedule.current()
  })

  return canvas
}

/** Gives the canvas as many pixels as the screen has there; returns a cleared context in CSS px. */
export function sized(surface: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
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
