import type { ComponentProps } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import { Tooltip } from './Tooltip.tsx'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: string
  /** Its name, read aloud and shown as a tooltip. */
  readonly label: string
  readonly shortcut?: string | undefined
  readonly pressed?: boolean
  readonly size?: 'small' | 'normal'
}

export function IconButton({
  icon,
  label,
  shortcut,
  pressed,
  size = 'normal',
  className,
  disabled,
  onClick,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={disabled || undefined}
        className={classNames(styles.icon, size === 'small' && styles.iconSmall, className)}
        onClick={disabled ? undefined : onClick}
        {...rest}
      >
        <Icon name={icon} size={size === 'small' ? 13 : 15} />
      </button>
    </Tooltip>
  )
}
