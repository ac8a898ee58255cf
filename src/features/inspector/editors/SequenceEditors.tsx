import type { SequenceOptions } from '../../../core/kinds/sequence/sequence-options.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { useFieldDraft } from '../field-drafts.ts'
import styles from '../inspector.module.css'
import type { EditorProps } from './editor-props.ts'

type NumberOption = Exclude<keyof SequenceOptions, 'cycle'>

const labels: readonly (readonly [NumberOption, string])[] = [
  ['start', 'Start'],
  ['increment', 'Step'],
  ['min', 'Min'],
  ['max', 'Max'],
  ['cache', 'Cache'],
]

interface OptionsFormProps {
  readonly draftKey: string
  readonly options: SequenceOptions
  readonly onChange: (options: SequenceOptions) => void
}

/** The numbers of a sequence; texts, because a bigint does not fit a number. */
export function SequenceOptionsForm({ draftKey, options, onChange }: OptionsFormProps) {
  return (
    <div className={styles.stack}>
      {labels.map(([option, label]) => (
        <OptionField
          key={option}
          draftKey={`${draftKey} ${option}`}
          label={label}
          value={options[option]}
          onChange={(value) => onChange({ ...options, [option]: value })}
        />
      ))}
      <Checkbox checked={options.cycle} onChange={(cycle) => onChange({ ...options, cycle })}>
        Start again at the end
      </Checkbox>
    </div>
  )
}

interface OptionFieldProps {
  readonly draftKey: string
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function OptionField({ draftKey, label, value, onChange }: OptionFieldProps) {
  const draft = useFieldDraft(draftKey, value, (text) => {
    if (!/^\s*[-+]?\d+\s*$/.test(text)) return `"${text.trim()}" is not a whole number.`
    onChange(String(BigInt(text.trim().replace(/^\+/, ''))))
    return null
  })
  return (
    <div className={styles.option}>
      <span aria-hidden>{label}</span>
      <TextField
        label={label}
        inputMode="numeric"
        value={draft.text}
        {...(draft.error === null ? {} : { error: draft.error })}
        onChange={draft.change}
        onBlur={() => draft.commit()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') draft.commit()
          if (event.key === 'Escape') draft.cancel()
        }}
      />
    </div>
  )
}

export function SequenceOptionsEditor({ object, name, field, value, set }: EditorProps) {
  // The kind's own guard, so that the options have the type it checks.
  const isOptions = (options: unknown): options is SequenceOptions => field.valid(options)
  if (!isOptions(value)) return null
  return <SequenceOptionsForm draftKey={`${object.id} ${name}`} options={value} onChange={set} />
}
