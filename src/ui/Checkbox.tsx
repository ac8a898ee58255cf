import { Checkbox as Base } from '@base-ui/react/checkbox'
import type { KeyboardEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './field.module.css'
import { Icon } from './Icon.tsx'

interface CheckboxProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ReactNode
  readonly disabled?: boolean
}

/** A choice of yes or no with its label. */
export function Checkbox({ checked, onChange, children, disabled = false }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
    <label className={styles.checkboxLabel}>
      <Base.Root
        className={styles.checkbox}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
      >
        <Base.Indicator render={<Icon name="check" size={11} />} />
      </Base.Root>
      {children}
    </label>
  )
}

interface TickProps {
  /** Read aloud. */
  readonly label: string
  readonly checked: boolean
  /** Of several that it stands for, some are ticked and some are not. */
  readonly mixed?: boolean
  readonly onChange: (checked: boolean) => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly id?: string
  readonly tabIndex?: number
  readonly className?: string | undefined
}

/** A tick beside a line that has its own text. */
export function Tick({ label, checked, mixed = false, onChange, className, ...rest }: TickProps) {
  return (
    <Base.Root
      {...rest}
      aria-label={label}
      className={classNames(styles.checkbox, className)}
      checked={checked}
      indeterminate={mixed}
      onCheckedChange={(next) => onChange(next)}
    >
      <Base.Indicator render={<Icon name={mixed ? 'minus' : 'check'} size={11} />} />
    </Base.Root>
  )
}
