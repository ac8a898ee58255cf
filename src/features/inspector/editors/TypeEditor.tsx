import { useMemo } from 'react'
import { isPgType } from '../../../core/model/pg-type.ts'
import { ComboField } from '../../../ui/ComboField.tsx'
import { useFieldDraft } from '../field-drafts.ts'
import { readType, showType, typeOptions, typeTag } from '../type-options.ts'
import { type EditorProps, hasError } from './editor-props.ts'

/** A column's type: typed freely with its modifiers, or chosen. */
export function TypeEditor({ object, name, field, value, schema, problems, controlId, set }: EditorProps) {
  const type = isPgType(value) ? value : null
  const options = useMemo(() => typeOptions(schema), [schema])
  const draft = useFieldDraft(`${object.id} ${name}`, type ? showType(type, schema) : '', (text) =>
    text.trim() === '' ? 'A type is needed.' : set(readType(text, schema)),
  )
  const tag = type ? typeTag(type, schema) : null
  return (
    <ComboField
      id={controlId}
      label={field.label}
      mono
      value={draft.text}
      options={options}
      invalid={draft.error !== null || hasError(problems)}
      error={draft.error ?? undefined}
      end={tag ? <small>{tag}</small> : null}
      onChange={draft.change}
      onCommit={draft.commit}
      onCancel={draft.cancel}
    />
  )
}
