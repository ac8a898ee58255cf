import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { classNames } from './class-names.ts'
import styles from './splitter.module.css'

interface SplitterProps {
  /** The panel that it sizes: "Explorer". */
  readonly label: string
  /** The side of that panel on which it stands. The panel must be positioned. */
  readonly side: 'left' | 'right' | 'top'
  /** The panel's size in px and its bounds. */
  readonly size: number
  readonly min: number
  readonly max: number
  readonly onResize: (size: number) => void
  /** Double click. */
  readonly onReset?: () => void
}

/** The edge of a panel, dragged or moved with the arrow keys to size it. */
export function Splitter({ label, side, size, min, max, onResize, onReset }: SplitterProps) {
  const [start, setStart] = useState<{ readonly at: number; readonly size: number } | null>(null)
  const vertical = side !== 'top'
  const sign = side === 'right' ? 1 : -1
  const resize = (next: number) => onResize(Math.round(Math.min(max, Math.max(min, next))))
  const at = (event: PointerEvent) => (vertical ? event.clientX : event.clientY)
  const onKeyDown = (event: KeyboardEvent) => {
    const grow = { right: 'ArrowRight', left: 'ArrowLeft', top: 'ArrowUp' }[side]
    const shrink = { right: 'ArrowLeft', left: 'ArrowRight', top: 'ArrowDown' }[side]
    if (event.key !== grow && event.key !== shrink) return
    event.preventDefault()
    resize(size + (event.key === grow ? 16 : -16))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a window splitter (ARIA APG) is a focusable separator, not an <hr>
    <div
      role="separator"
      tabIndex={0}
      aria-label={`Resize ${label}`}
      aria-orientation={vertical ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classNames(
        styles.splitter,
        vertical ? styles.vertical : styles.horizontal,
        styles[side],
        start !== null && styles.dragging,
      )}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setStart({ at: at(event), size })
      }}
      onPointerMove={(event) => {
        if (start) resize(start.size + sign * (at(event) - start.at))
      }}
      onPointerUp={() => setStart(null)}
      onPointerCancel={() => setStart(null)}
    />
  )
}
