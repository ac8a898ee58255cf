import type { ReactNode } from 'react'
import styles from './bar.module.css'
import { classNames } from './class-names.ts'

interface BarProps {
  readonly children: ReactNode
  /** It has something above it, too. */
  readonly between?: boolean
}

/** The line of controls of a panel; what follows a `Space` stands at its right end. */
export function Bar({ children, between }: BarProps) {
  return <div className={classNames(styles.bar, between && styles.between)}>{children}</div>
}

export function Space() {
  return <span className={styles.space} />
}

/** What a bar says beside its controls. */
export function BarText({ children, live }: { readonly children: ReactNode; readonly live?: boolean }) {
  return (
    <span className={styles.text} role={live ? 'status' : undefined}>
      {children}
    </span>
  )
}

/** A bar and what it controls, one below the other. */
export function BarPanel({ children }: { readonly children: ReactNode }) {
  return <div className={styles.panel}>{children}</div>
}
