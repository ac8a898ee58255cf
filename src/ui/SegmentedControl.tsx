import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import styles from './field.module.css'
import { Icon } from './Icon.tsx'

export interface Segment<V extends string> {
  readonly value: V
  readonly label: string
  readonly icon?: string
  readonly disabled?: boolean
}

interface SegmentedControlProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly segments: readonly Segment<V>[]
  readonly onChange: (value: V) => void
  readonly disabled?: boolean
}

/** A choice of two to four, all visible. */
export function SegmentedControl<V extends string>({
  label,
  value,
  segments,
  onChange,
  disabled = false,
}: SegmentedControlProps<V>) {
  return (
    <ToggleGroup
      aria-label={label}
      className={styles.segments}
      value={[value]}
      disabled={disabled}
      onValueChange={(values) => {
        const chosen = segments.find((segment) => segment.value === values[0])
        if (chosen && chosen.value !== value) onChange(chosen.value)
      }}
    >
      {segments.map((segment) => (
        <Toggle
          key={segment.value}
          value={segment.value}
          className={styles.segment}
          disabled={segment.disabled ?? false}
        >
          {segment.icon && <Icon name={segment.icon} size={13} />}
          {segment.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
