import type { ComponentProps } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` is the one main action of a panel. */
  readonly look?: 'default' | 'primary' | 'quiet' | 'danger' | 'link'
  readonly size?: 'small' | 'normal'
  readonly icon?: string | undefined
  readonly iconAfter?: string | undefined
}

export function Button({
  look = 'default',
  size = 'normal',
  icon,
  iconAfter,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames(styles.button, styles[look], size === 'small' && styles.small, className)}
      {...rest}
    >
      {icon && <Icon name={icon} size={14} />}
      {children}
      {iconAfter && <Icon name={iconAfter} size={12} />}
    </button>
  )
}
