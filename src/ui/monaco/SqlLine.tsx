import { useRef } from 'react'
import styles from './code-editor.module.css'
import { PlainText } from './SqlEditor.tsx'
import { type CodeEditorOptions, useCodeEditor } from './use-code-editor.ts'

/** One line of SQL in a field: Enter applies, Escape cancels, Tab leaves; pasted line ends become spaces. */
export function SqlLine(options: CodeEditorOptions) {
  const host = useRef<HTMLDivElement>(null)
  const plain = useRef<HTMLTextAreaElement>(null)
  const loaded = useCodeEditor(host, plain, options, {
    oneLine: true,
    fontSize: 12,
    lineHeight: 20,
    fontFamily: 'JetBrains Mono Variable, JetBrains Mono, ui-monospace, monospace',
    fontLigatures: false,
    lineNumbers: 'off',
    lineNumbersMinChars: 0,
    lineDecorationsWidth: 0,
    minimap: { enabled: false },
    folding: false,
    glyphMargin: false,
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    overviewRulerBorder: false,
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    scrollBeyondLastColumn: 0,
    scrollbar: { vertical: 'hidden', horizontal: 'hidden', handleMouseWheel: false },
    padding: { top: 2, bottom: 2 },
    tabFocusMode: true,
    fixedOverflowWidgets: true,
    automaticLayout: true,
    wordBasedSuggestions: 'off',
    // Enter applies the line as it stands; Tab takes the suggestion.
    acceptSuggestionOnEnter: 'off',
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    matchBrackets: 'never',
    unicodeHighlight: { ambiguousCharacters: false },
  })
  return (
    <div className={`${styles.host} ${styles.line}`}>
      {loaded ? null : (
        <PlainText
          field={plain}
          options={options}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault()
              options.onCommit?.()
            } else if (event.key === 'Escape') options.onCancel?.()
          }}
        />
      )}
      <div ref={host} className={styles.engine} />
    </div>
  )
}
