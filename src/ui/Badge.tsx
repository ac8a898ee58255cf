import type { ReactNode } from 'react'
import styles from './badge.module.css'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'

export type Meaning = 'neutral' | 'valid' | 'warning' | 'error' | 'info' | 'loss' | 'lock'

interface BadgeProps {
  readonly meaning?: Meaning
  readonly icon?: string
  readonly children: ReactNode
  /** Read aloud instead of the bare count. */
  readonly label?: string
}

/** A count or a word on a tint. */
export function Badge({ meaning = 'neutral', icon, children, label }: BadgeProps) {
  return (
    <small
      className={classNames(
        styles.badge,
        meaning !== 'neutral' && styles[meaning],
        icon !== undefined && styles.label,
      )}
    >
      {icon && <Icon name={icon} size={12} />}
      {label === undefined ? (
        children
      ) : (
        <>
          <span aria-hidden>{children}</span>
          <span className="visually-hidden">{label}</span>
        </>
      )}
    </small>
  )
}
