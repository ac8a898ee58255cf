import { type ComponentProps, type ReactNode, type Ref, useId } from 'react'
import { classNames } from './class-names.ts'
import styles from './field.module.css'
import { Icon } from './Icon.tsx'

interface Look {
  /** Its name when no visible label is tied to it. */
  readonly label?: string | undefined
  readonly icon?: string | undefined
  readonly mono?: boolean
  /** What is wrong with the value, shown under the field. */
  readonly error?: string | undefined
  /** Shown inside at the end: a shortcut, a clear button. */
  readonly end?: ReactNode
}

export interface TextFieldProps extends Look, Omit<ComponentProps<'input'>, 'onChange' | 'size'> {
  readonly onChange?: (value: string) => void
}

/** One line of text. */
export function TextField({ label, icon, mono, error, end, onChange, className, ...rest }: TextFieldProps) {
  const messageId = useId()
  return (
    <div className={classNames(styles.wrap, className)}>
      <div
        className={classNames(
          styles.field,
          mono && styles.mono,
          error !== undefined && styles.invalid,
          rest.readOnly && styles.readOnly,
        )}
      >
        {icon && <Icon name={icon} size={13} />}
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          aria-label={label}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error === undefined ? undefined : messageId}
          className={styles.input}
          onChange={(event) => onChange?.(event.target.value)}
          {...rest}
        />
        {end}
      </div>
      {error !== undefined && <FieldMessage id={messageId}>{error}</FieldMessage>}
    </div>
  )
}

export interface TextAreaProps
  extends Omit<Look, 'icon' | 'end'>,
    Omit<ComponentProps<'textarea'>, 'onChange'> {
  readonly onChange?: (value: string) => void
}

/** Several lines of text. */
export function TextArea({ label, mono, error, onChange, className, ...rest }: TextAreaProps) {
  const messageId = useId()
  return (
    <div className={classNames(styles.wrap, className)}>
      <div
        className={classNames(
          styles.field,
          styles.area,
          mono && styles.mono,
          error !== undefined && styles.invalid,
          rest.readOnly && styles.readOnly,
        )}
      >
        <textarea
          spellCheck={false}
          rows={2}
          aria-label={label}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error === undefined ? undefined : messageId}
          className={styles.input}
          onChange={(event) => onChange?.(event.target.value)}
          {...rest}
        />
      </div>
      {error !== undefined && <FieldMessage id={messageId}>{error}</FieldMessage>}
    </div>
  )
}

/** The sentence under a field that says what is wrong with it. */
export function FieldMessage({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p id={id} className={styles.message}>
      <Icon name="circle-x" size={12} />
      <span>{children}</span>
    </p>
  )
}

interface FieldRowProps {
  readonly label: ReactNode
  /** The id of the control, where it is one labelable element. */
  readonly htmlFor?: string | undefined
  readonly labelId?: string | undefined
  readonly children: ReactNode
  readonly ref?: Ref<HTMLDivElement>
}

/** A label of 84 px with its control: the row of the inspector and of dialogs. */
export function FieldRow({ label, htmlFor, labelId, children, ref }: FieldRowProps) {
  return (
    <div className={styles.row} ref={ref}>
      {htmlFor === undefined ? (
        <span className={styles.label} id={labelId}>
          {label}
        </span>
      ) : (
        <label className={styles.label} htmlFor={htmlFor} id={labelId}>
          {label}
        </label>
      )}
      <div className={styles.wrap}>{children}</div>
    </div>
  )
}
