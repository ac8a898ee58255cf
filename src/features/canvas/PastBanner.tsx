import { backToNow, type Past, stepThroughPast } from '../../state/past.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './canvas.module.css'

/** Which migration the diagram is shown after, and the ways to others and back. */
export function PastBanner({ past: { at, count, title } }: { readonly past: Past }) {
  return (
    <section className={styles.past} aria-label="Past schema">
      <Icon name="history" size={14} />
      <span role="status" className={styles.pastTitle} title={title}>
        As after <strong>{title}</strong>{' '}
        <small>
          {at} of {count}, read only
        </small>
      </span>
      <IconButton
        icon="chevron-left"
        label="Migration before"
        shortcut="["
        disabled={at === 1}
        onClick={() => stepThroughPast(-1)}
      />
      <IconButton
        icon="chevron-right"
        label="Migration after"
        shortcut="]"
        disabled={at === count}
        onClick={() => stepThroughPast(1)}
      />
      <Button size="small" onClick={backToNow}>
        Back to now (Esc)
      </Button>
    </section>
  )
}
