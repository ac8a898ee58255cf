import { sameValue } from '../../../core/model/equality.ts'
import { qualifiedName } from '../../../core/sql/names.ts'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Select } from '../../../ui/Select.tsx'
import type { EditorProps } from './editor-props.ts'

/** Yes or no, in the field's own words where it has some. */
export function BooleanEditor({ field, value, set }: EditorProps) {
  const { editor } = field
  if (editor.type !== 'boolean') return null
  return (
    <SegmentedControl
      label={field.label}
      value={value === true ? 'on' : 'off'}
      segments={[
        { value: 'on', label: editor.on ?? 'Yes' },
        { value: 'off', label: editor.off ?? 'No' },
      ]}
      onChange={(chosen) => set(chosen === 'on')}
    />
  )
}

/** One of a closed list. */
export function ChoiceEditor({ field, value, set, controlId }: EditorProps) {
  const { editor } = field
  if (editor.type !== 'choice') return null
  const options = editor.options.map((option, index) => ({ value: String(index), label: option.label }))
  const chosen = editor.options.findIndex((option) => sameValue(option.value, value))
  return (
    <Select
      id={controlId}
      label={field.label}
      mono={options.every(({ label }) => label === label.toUpperCase())}
      value={chosen < 0 ? null : String(chosen)}
      options={options}
      onChange={(index) => set(editor.options[Number(index)]?.value)}
    />
  )
}

const nothing = ''

/** Another object, by name. */
export function ObjectEditor({ field, value, schema, set, controlId }: EditorProps) {
  const { editor } = field
  if (editor.type !== 'object') return null
  const objects = [...schema.document.objects.values()].filter((object) => editor.kinds.includes(object.kind))
  const options = objects
    .map((object) => ({ value: object.id, label: qualifiedName(object, schema) }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
  return (
    <Select
      id={controlId}
      label={field.label}
      mono
      value={typeof value === 'string' ? value : editor.optional ? nothing : null}
      options={editor.optional ? [{ value: nothing, label: 'None' }, ...options] : options}
      onChange={(id) => set(id === nothing ? null : id)}
    />
  )
}
