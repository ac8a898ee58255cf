import { TextArea, TextField } from '../../../ui/TextField.tsx'
import { useFieldDraft } from '../field-drafts.ts'
import { parseFieldText, textOfValue } from '../field-text.ts'
import { type EditorProps, hasError } from './editor-props.ts'

/** A draft of the field's text that reads what was typed by the field's editor. */
export function useTextDraft({ object, name, field, value, set }: EditorProps) {
  return useFieldDraft(`${object.id} ${name}`, textOfValue(value), (text) => {
    const parsed = parseFieldText(text, field.editor, field.valid)
    return 'error' in parsed ? parsed.error : set(parsed.value)
  })
}

/** Names, numbers and other words of one line. */
export function LineEditor(props: EditorProps) {
  const { field, controlId, problems } = props
  const draft = useTextDraft(props)
  const { editor } = field
  return (
    <TextField
      id={controlId}
      value={draft.text}
      {...(draft.error === null ? {} : { error: draft.error })}
      aria-invalid={draft.error !== null || hasError(problems) || undefined}
      placeholder={'placeholder' in editor ? editor.placeholder : undefined}
      onChange={draft.change}
      onBlur={() => draft.commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) draft.commit()
        if (event.key === 'Escape') draft.cancel()
      }}
    />
  )
}

/** Comments and lists with one entry a line: Ctrl/⌘+Enter applies without leaving. */
export function LinesEditor(props: EditorProps) {
  const { field, controlId, object } = props
  const draft = useTextDraft(props)
  const { editor } = field
  const isList = editor.type === 'texts'
  const placeholder =
    'placeholder' in editor ? editor.placeholder : isList ? 'One a line' : `Why this ${object.kind} exists`
  return (
    <TextArea
      id={controlId}
      mono={isList}
      rows={Math.min(Math.max(draft.text.split('\n').length, 2), 12)}
      value={draft.text}
      {...(draft.error === null ? {} : { error: draft.error })}
      placeholder={placeholder}
      onChange={draft.change}
      onBlur={() => draft.commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) draft.commit()
        if (event.key === 'Escape') draft.cancel()
      }}
    />
  )
}
