import { Select as Base } from '@base-ui/react/select'
import { classNames } from './class-names.ts'
import styles from './field.module.css'
import floating from './floating.module.css'
import { Icon } from './Icon.tsx'

export interface SelectOption<V extends string> {
  readonly value: V
  readonly label: string
  readonly icon?: string
}

interface SelectProps<V extends string> {
  readonly label: string
  /** null: nothing chosen yet. */
  readonly value: V | null
  readonly options: readonly SelectOption<V>[]
  readonly onChange: (value: V) => void
  readonly placeholder?: string
  readonly mono?: boolean
  readonly disabled?: boolean
  readonly id?: string
  readonly invalid?: boolean
}

/** A choice of one from a list. */
export function Select<V extends string>({
  label,
  value,
  options,
  onChange,
  placeholder = 'None',
  mono,
  disabled = false,
  id,
  invalid,
}: SelectProps<V>) {
  return (
    <Base.Root
      value={value}
      items={options}
      disabled={disabled}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen) onChange(chosen.value)
      }}
    >
      <Base.Trigger
        id={id}
        aria-label={label}
        aria-invalid={invalid || undefined}
        className={classNames(styles.field, styles.select, invalid && styles.invalid)}
      >
        <Base.Value
          placeholder={placeholder}
          className={(state) => (state.value == null ? (styles.placeholder ?? '') : '')}
          style={mono ? { fontFamily: 'var(--font-mono)', fontSize: 'var(--size-small)' } : {}}
        />
        <Base.Icon render={<Icon name="chevrons-up-down" size={12} />} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={floating.positioner} alignItemWithTrigger={false} sideOffset={4}>
          <Base.Popup className={classNames(floating.popup, floating.menu)}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className={floating.item}>
                {option.icon && <Icon name={option.icon} size={13} />}
                <Base.ItemText render={<span className={mono ? 'mono' : undefined} />}>
                  {option.label}
                </Base.ItemText>
                <Base.ItemIndicator render={<Icon name="check" size={13} />} />
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
