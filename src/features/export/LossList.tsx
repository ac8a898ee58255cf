import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { Loss } from '../../core/export/losses.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './export.module.css'

const rowHeight = 24

/** What a format does not say, object by object. */
export function LossList({ losses }: { readonly losses: readonly Loss[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: losses.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  if (losses.length === 0) {
    return (
      <p className={styles.whole} role="status">
        <Icon name="circle-check" size={13} />
        Nothing is lost.
      </p>
    )
  }
  return (
    <div className={styles.losses}>
      <p className={styles.hint} role="status">
        {losses.length === 1 ? '1 object is' : `${losses.length.toLocaleString('en')} objects are`} not wholly
        written.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by the keyboard */}
      <section ref={scroller} className={styles.rows} aria-label="What is lost" tabIndex={0}>
        <ul style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map((item) => {
            const loss = losses[item.index]
            if (!loss) return null
            return (
              <li
                key={item.key}
                aria-posinset={item.index + 1}
                aria-setsize={losses.length}
                className={styles.line}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <small>{loss.kind.toLowerCase()}</small>
                <span title={loss.name}>{loss.name}</span>
                <small title={loss.reason}>{loss.reason}</small>
              </li>
            )
          })}
        </ul>
      </section>
    </div>
  )
}
