import { Autocomplete as Base } from '@base-ui/react/autocomplete'
import { type ReactNode, type Ref, useId, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { rankOptions } from './combo-options.ts'
import styles from './field.module.css'
import floating from './floating.module.css'
import { Icon } from './Icon.tsx'
import { FieldMessage } from './TextField.tsx'

export interface ComboOption {
  readonly value: string
  /** Shown at the right: what kind of thing it is. */
  readonly detail?: string
}

interface ComboFieldProps {
  readonly label: string
  readonly value: string
  readonly options: readonly ComboOption[]
  readonly onChange: (value: string) => void
  /** Editing is over: Enter, Tab, a chosen option or focus elsewhere. */
  readonly onCommit: (value: string) => void
  readonly onCancel?: () => void
  /** Enter was pressed and the value committed. */
  readonly onEnter?: (value: string) => void
  readonly placeholder?: string
  readonly mono?: boolean
  readonly invalid?: boolean
  readonly error?: string | undefined
  readonly id?: string | undefined
  readonly end?: ReactNode
  readonly bare?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

/** Free text with suggestions: the best match is taken by Enter or Tab, anything else may be typed. */
export function ComboField(props: ComboFieldProps) {
  const { label, value, options, onChange, onCommit, error, invalid = error !== undefined } = props
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState(false)
  const highlighted = useRef<ComboOption | undefined>(undefined)
  const settled = useRef(false)
  const messageId = useId()
  const offered = typed ? rankOptions(options, value) : options

  const commit = (text: string) => {
    settled.current = true
    setTyped(false)
    setOpen(false)
    onCommit(text)
  }
  return (
    <div className={styles.wrap}>
      <Base.Root
        items={offered}
        filter={null}
        value={value}
        open={open && offered.length > 0}
        onOpenChange={setOpen}
        autoHighlight={typed}
        itemToStringValue={(option: ComboOption) => option.value}
        onItemHighlighted={(option) => {
          highlighted.current = option
        }}
        onValueChange={(text, { reason }) => {
          if (reason === 'item-press') return commit(text)
          settled.current = false
          setTyped(true)
          onChange(text)
        }}
      >
        <div
          className={classNames(
            props.bare ? styles.bare : styles.field,
            props.mono && styles.mono,
            invalid && styles.invalid,
          )}
        >
          <Base.Input
            ref={props.inputRef}
            id={props.id}
            className={styles.input}
            aria-label={label}
            aria-invalid={invalid || undefined}
            aria-describedby={error === undefined ? undefined : messageId}
            placeholder={props.placeholder}
            spellCheck={false}
            autoComplete="off"
            onFocus={() => {
              settled.current = false
            }}
            onBlur={() => {
              if (!settled.current) commit(value)
              setOpen(false)
            }}
            onKeyDown={(event) => {
              const choice = open && typed ? highlighted.current : undefined
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
                // The choice is taken here, so that what follows Enter already has it.
                event.preventBaseUIHandler()
                const text = choice?.value ?? value
                commit(text)
                props.onEnter?.(text)
              } else if (event.key === 'Tab') commit(choice?.value ?? value)
              else if (event.key === 'Escape' && !open) props.onCancel?.()
            }}
          />
          {props.end}
          {!props.bare && (
            <Base.Trigger
              tabIndex={-1}
              aria-label={`Choose ${label.toLowerCase()}`}
              className={styles.comboOpen}
            >
              <Icon name="chevrons-up-down" size={12} />
            </Base.Trigger>
          )}
        </div>
        <Base.Portal>
          <Base.Positioner className={floating.positioner} sideOffset={4} align="start">
            <Base.Popup className={classNames(floating.popup, floating.menu)}>
              <Base.List>
                {(option: ComboOption) => (
                  <Base.Item key={option.value} value={option} className={floating.item}>
                    <span className={props.mono ? 'mono' : undefined}>{option.value}</span>
                    {option.detail && <small>{option.detail}</small>}
                  </Base.Item>
                )}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
      {error !== undefined && <FieldMessage id={messageId}>{error}</FieldMessage>}
    </div>
  )
}
