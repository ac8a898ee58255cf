import { Checkbox as Base } from '@base-ui/react/checkbox'
import type { ReactNode } from 'react'
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
