import type { ReactNode } from 'react'
import styles from './badge.module.css'

interface EmptyStateProps {
  /** Says what is: "No tables yet." */
  readonly children: ReactNode
  /** Buttons: what to do. */
  readonly actions?: ReactNode
}

export function EmptyState({ children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p>{children}</p>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
