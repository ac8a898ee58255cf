import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import styles from './floating.module.css'
import { Kbd } from './Kbd.tsx'

/** Milliseconds before a tooltip opens; equals `--delay-tooltip`. */
const delay = 400

interface TooltipProps {
  readonly text: ReactNode
  readonly shortcut?: string | undefined
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** The element it explains; must take a ref. */
  readonly children: ReactElement<Record<string, unknown>>
}

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={delay} />
      <Base.Portal>
        <Base.Positioner className={styles.tooltipPositioner} side={side} sideOffset={6}>
          <Base.Popup className={styles.tooltip}>
            {text}
            {shortcut && <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Goes around the page: tooltips opened one after the other do not wait again. */
export function TooltipGroup({ children }: { readonly children: ReactNode }) {
  return <Base.Provider delay={delay}>{children}</Base.Provider>
}
