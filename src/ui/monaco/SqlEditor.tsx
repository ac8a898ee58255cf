import { useRef, useState } from 'react'
import styles from './code-editor.module.css'
import { type CodeEditorOptions, useCodeEditor } from './use-code-editor.ts'

interface SqlEditorProps extends CodeEditorOptions {
  /** Grows with its text up to this many lines; absent: fills its parent. */
  readonly maxLines?: number
  readonly fontSize?: 11 | 12
  /** Long lines go on below instead of beyond the edge. */
  readonly wrap?: boolean
}

const lineHeight = 19
const padding = 6

/** Code of several lines. A plain text area until Monaco has loaded. */
export function SqlEditor({ maxLines, fontSize = 12, wrap = false, ...options }: SqlEditorProps) {
  const [content, setContent] = useState(0)
  const host = useRef<HTMLDivElement>(null)
  const plain = useRef<HTMLTextAreaElement>(null)
  const lineNumbers = options.lineNumbers ?? true
  const loaded = useCodeEditor(
    host,
    plain,
    { ...options, onHeight: setContent },
    {
      oneLine: false,
      fontSize,
      lineHeight,
      fontFamily: 'JetBrains Mono Variable, JetBrains Mono, ui-monospace, monospace',
      fontLigatures: false,
      lineNumbers: lineNumbers ? 'on' : 'off',
      lineNumbersMinChars: 3,
      lineDecorationsWidth: lineNumbers ? 14 : 8,
      minimap: { enabled: false },
      folding: false,
      guides: { indentation: false },
      glyphMargin: false,
      overviewRulerLanes: 0,
      hideCursorInOverviewRuler: true,
      overviewRulerBorder: false,
      renderLineHighlight: 'none',
      scrollBeyondLastLine: false,
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
      padding: { top: padding, bottom: padding },
      tabSize: 2,
      wordWrap: wrap ? 'on' : 'off',
      fixedOverflowWidgets: true,
      automaticLayout: true,
      wordBasedSuggestions: 'off',
      acceptSuggestionOnEnter: 'smart',
      unicodeHighlight: { ambiguousCharacters: false },
    },
  )
  const lines = Math.max(options.value.split('\n').length, Math.round((content - 2 * padding) / lineHeight))
  const height =
    maxLines === undefined
      ? undefined
      : Math.min(Math.max(lines, wrap ? 2 : 3), maxLines) * lineHeight + 2 * padding
  return (
    <div
      className={`${styles.host} ${styles.marked} ${height === undefined ? styles.fill : ''}`}
      style={{ height }}
    >
      {loaded ? null : <PlainText field={plain} options={options} />}
      <div ref={host} className={styles.engine} />
    </div>
  )
}

interface PlainTextProps {
  readonly field: React.RefObject<HTMLTextAreaElement | null>
  readonly options: CodeEditorOptions
  readonly onKeyDown?: (event: React.KeyboardEvent) => void
}

/** The field shown until Monaco has loaded. */
export function PlainText({ field, options, onKeyDown }: PlainTextProps) {
  const { value, label, placeholder, onChange, onCommit, onRun } = options
  return (
    <textarea
      ref={field}
      className={styles.plain}
      aria-label={label}
      value={value}
      placeholder={placeholder}
      spellCheck={false}
      readOnly={options.readOnly ?? onChange === undefined}
      rows={1}
      onChange={(event) => onChange?.(event.target.value)}
      onBlur={(event) => {
        // Monaco taking over is no end of editing.
        if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) onCommit?.()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onRun?.({ text: value, offset: 0 })
        else onKeyDown?.(event)
      }}
    />
  )
}
