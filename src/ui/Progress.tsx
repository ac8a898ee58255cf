import { Progress as Base } from '@base-ui/react/progress'
import styles from './badge.module.css'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'

interface ProgressProps {
  readonly label: string
  readonly done: number
  /** 0: not known. */
  readonly total: number
}

export function Progress({ label, done, total }: ProgressProps) {
  const known = total > 0
  return (
    <Base.Root value={known ? done : null} max={known ? total : 100} aria-label={label}>
      <div className={styles.progressText}>
        <span>{label}</span>
        {known && (
          <span>
            {done} of {total}
          </span>
        )}
      </div>
      <Base.Track className={styles.track}>
        <Base.Indicator className={classNames(styles.indicator, !known && styles.indeterminate)} />
      </Base.Track>
    </Base.Root>
  )
}

export function Spinner({ size = 14 }: { readonly size?: number }) {
  return <Icon name="loader-circle" size={size} className={styles.spinner} />
}
