import type { Problem } from '../../../core/model/problem.ts'
import { classNames } from '../../../ui/class-names.ts'
import { SqlEditor } from '../../../ui/monaco/SqlEditor.tsx'
import { SqlLine } from '../../../ui/monaco/SqlLine.tsx'
import type { CodeMarker } from '../../../ui/monaco/use-code-editor.ts'
import { FieldMessage } from '../../../ui/TextField.tsx'
import { useCompletions } from '../completions.ts'
import styles from '../inspector.module.css'
import { positionInField } from '../position-in-field.ts'
import { type EditorProps, hasError } from './editor-props.ts'
import { useTextDraft } from './TextEditors.tsx'

/** An SQL expression, PostgreSQL's complaint at its place: a line, or an editor where a line is too short for it. */
export function ExpressionEditor(props: EditorProps) {
  return props.isLong ? <CodeEditor {...props} /> : <ExpressionLine {...props} />
}

function ExpressionLine(props: EditorProps) {
  const { field, problems, object, schema } = props
  const draft = useTextDraft(props)
  const completions = useCompletions(object, schema)
  const { editor } = field
  const placeholder = 'placeholder' in editor && field.valid(null) === false ? editor.placeholder : undefined
  return (
    <>
      <div
        className={classNames(
          styles.codeLine,
          (draft.error !== null || hasError(problems)) && styles.invalid,
        )}
      >
        <SqlLine
          label={field.label}
          value={draft.text}
          placeholder={placeholder ?? 'None'}
          markers={markersOf(problems, draft.text)}
          completions={completions}
          onChange={draft.change}
          onCommit={() => draft.commit()}
          onCancel={draft.cancel}
        />
      </div>
      {draft.error !== null && <FieldMessage>{draft.error}</FieldMessage>}
    </>
  )
}

/** Function bodies and queries: Ctrl/⌘+Enter applies, as leaving the editor does. */
export function CodeEditor(props: EditorProps) {
  const { field, problems, object, schema } = props
  const draft = useTextDraft(props)
  const completions = useCompletions(object, schema)
  return (
    <>
      <div
        className={classNames(
          styles.codeBlock,
          (draft.error !== null || hasError(problems)) && styles.invalid,
        )}
      >
        <SqlEditor
          label={field.label}
          value={draft.text}
          fontSize={11}
          lineNumbers={false}
          maxLines={field.editor.type === 'expression' ? 8 : 24}
          wrap={field.editor.type === 'expression'}
          markers={markersOf(problems, draft.text)}
          completions={completions}
          onChange={draft.change}
          onCommit={() => draft.commit()}
        />
      </div>
      {draft.error !== null && <FieldMessage>{draft.error}</FieldMessage>}
    </>
  )
}

function markersOf(problems: readonly Problem[], text: string): readonly CodeMarker[] {
  return problems.flatMap((problem) => {
    const position = positionInField(problem, text)
    if (position === null) return []
    const severity = problem.severity === 'warning' ? ('warning' as const) : ('error' as const)
    return [{ message: problem.message, severity, position }]
  })
}
