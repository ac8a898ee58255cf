import type { ReactNode } from 'react'
import { usePast } from '../state/past.ts'
import { initialSizes, resizePanel } from '../state/session-store.ts'
import { useSession } from '../state/use-stores.ts'
import { classNames } from '../ui/class-names.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Splitter } from '../ui/Splitter.tsx'
import styles from './frame.module.css'

/** Where each panel has its splitter, and its least and greatest width in px. */
const looks = {
  explorer: { name: 'Explorer', edge: 'right', min: 200, max: 400 },
  inspector: { name: 'Inspector', edge: 'left', min: 280, max: 480 },
} as const

interface SidePanelProps {
  readonly panel: keyof typeof looks
  /** True: it lies over the canvas. */
  readonly over: boolean
  readonly children: ReactNode
}

/** A panel beside the canvas, as wide as a person made it. */
export function SidePanel({ panel, over, children }: SidePanelProps) {
  const size = useSession((state) => state.sizes[panel])
  const past = usePast()
  const { name, edge, min, max } = looks[panel]
  return (
    <aside
      aria-label={name}
      data-region={panel}
      className={classNames(styles[panel], over && styles.overlay)}
      style={{ width: size }}
    >
      {past && (
        <p className={styles.past} title={`As after ${past.title}, read only`}>
          <Icon name="history" size={12} />
          <span>
            As after <strong>{past.title}</strong>, read only
          </span>
        </p>
      )}
      <div className={styles.panel}>
        <ErrorBoundary name={name}>{children}</ErrorBoundary>
      </div>
      <Splitter
        label={panel}
        side={edge}
        size={size}
        min={min}
        max={max}
        onResize={(next) => resizePanel(panel, next)}
        onReset={() => resizePanel(panel, initialSizes[panel])}
      />
    </aside>
  )
}
