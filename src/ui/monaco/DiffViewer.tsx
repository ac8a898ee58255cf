import { useEffect, useRef } from 'react'
import styles from './code-editor.module.css'
import { loadMonaco } from './load-monaco.ts'

interface DiffViewerProps {
  /** The accessible name. */
  readonly label: string
  readonly before: string
  readonly after: string
  readonly language: 'postgresql' | 'javascript'
  /** In two columns; absent: as one text. */
  readonly sideBySide?: boolean
}

/** Two texts, with what was taken away and what was added; what is the same is folded. Read only. */
export function DiffViewer({ label, before, after, language, sideBySide = false }: DiffViewerProps) {
  const host = useRef<HTMLDivElement>(null)
  const texts = useRef({ before, after })
  const show = useRef<(() => void) | null>(null)
  useEffect(() => {
    texts.current = { before, after }
    show.current?.()
  }, [before, after])
  useEffect(() => {
    let ended = false
    let end: () => void = () => undefined
    loadMonaco().then(
      (monaco) => {
        if (ended || !host.current) return
        const models = {
          original: monaco.editor.createModel('', language),
          modified: monaco.editor.createModel('', language),
        }
        const viewer = monaco.editor.createDiffEditor(host.current, {
          renderSideBySide: sideBySide,
          // Half the width is too little for most lines.
          diffWordWrap: sideBySide ? 'on' : 'off',
          useInlineViewWhenSpaceIsLimited: false,
          readOnly: true,
          domReadOnly: true,
          // A text area is known as a field to everything that listens for keys on the page; an EditContext is not.
          editContext: false,
          fontSize: 11,
          lineHeight: 19,
          fontFamily: 'JetBrains Mono Variable, JetBrains Mono, ui-monospace, monospace',
          fontLigatures: false,
          lineNumbersMinChars: 3,
          minimap: { enabled: false },
          folding: false,
          guides: { indentation: false },
          glyphMargin: false,
          renderOverviewRuler: false,
          renderLineHighlight: 'none',
          renderMarginRevertIcon: false,
          renderGutterMenu: false,
          scrollBeyondLastLine: false,
          scrollbar: {
            verticalScrollbarSize: 10,
            horizontalScrollbarSize: 10,
            alwaysConsumeMouseWheel: false,
          },
          hideUnchangedRegions: { enabled: true, contextLineCount: 3 },
          automaticLayout: true,
          fixedOverflowWidgets: true,
          unicodeHighlight: { ambiguousCharacters: false },
        })
        viewer.getOriginalEditor().updateOptions({ ariaLabel: `${label}: before` })
        viewer.getModifiedEditor().updateOptions({ ariaLabel: `${label}: after` })
        viewer.setModel(models)
        show.current = () => {
          models.original.setValue(texts.current.before)
          models.modified.setValue(texts.current.after)
        }
        show.current()
        end = () => {
          viewer.dispose()
          models.original.dispose()
          models.modified.dispose()
        }
      },
      // Without the editor's code there is no diff; both texts are in the SQL panel.
      () => undefined,
    )
    return () => {
      ended = true
      show.current = null
      end()
    }
  }, [label, language, sideBySide])
  return (
    <section className={`${styles.host} ${styles.fill}`} aria-label={label}>
      <div ref={host} className={styles.engine} />
    </section>
  )
}
