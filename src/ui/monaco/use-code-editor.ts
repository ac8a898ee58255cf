import type { editor, IDisposable } from 'monaco-editor/editor/editor.api.js'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { codePointOffset, errorSpan, utf16Index } from './code-points.ts'
import { type Completion, offerCompletions } from './completion.ts'
import { loadMonaco, type Monaco } from './load-monaco.ts'

/** A complaint at a place in the text. */
export interface CodeMarker {
  readonly message: string
  readonly severity: 'error' | 'warning'
  /** 1-based code point offset, as PostgreSQL counts. */
  readonly position: number
}

/** What Ctrl/⌘+Enter hands over: the selected text, or all of it. */
export interface RunRequest {
  readonly text: string
  /** Code points of the document before `text`. */
  readonly offset: number
}

export interface CodeEditorOptions {
  readonly value: string
  readonly onChange?: (value: string) => void
  /** The accessible name. */
  readonly label: string
  readonly language?: 'postgresql' | 'javascript'
  readonly readOnly?: boolean
  readonly placeholder?: string
  readonly lineNumbers?: boolean
  readonly markers?: readonly CodeMarker[]
  /** Lines (from 1, both included) shown as belonging to what is selected elsewhere. */
  readonly lines?: { readonly from: number; readonly to: number } | null
  readonly completions?: () => readonly Completion[]
  readonly onRun?: (request: RunRequest) => void
  /** The selected text, null for none: what a Run button takes. */
  readonly onSelect?: (selected: RunRequest | null) => void
  /** Editing is over: focus left, or Enter in a single line. */
  readonly onCommit?: () => void
  readonly onCancel?: () => void
  /** The height of the whole text in px, whenever it changes. */
  readonly onHeight?: (height: number) => void
}

interface Instance {
  readonly monaco: Monaco
  readonly code: editor.IStandaloneCodeEditor
  readonly model: editor.ITextModel
}

/** Puts Monaco into `host` when it has loaded and takes over text, selection and focus from the plain field. */
export function useCodeEditor(
  host: RefObject<HTMLDivElement | null>,
  plain: RefObject<HTMLTextAreaElement | null>,
  options: CodeEditorOptions,
  form: editor.IStandaloneEditorConstructionOptions & { readonly oneLine: boolean },
): boolean {
  const latest = useRef(options)
  const synced = useRef(options.value)
  const [instance, setInstance] = useState<Instance | null>(null)
  const first = useRef(form)
  useEffect(() => {
    latest.current = options
  })

  useEffect(() => {
    let ended = false
    let created: Instance | null = null
    loadMonaco().then(
      (monaco) => {
        if (ended || !host.current) return
        created = create(monaco, host.current, plain.current, latest, synced, first.current)
        setInstance(created)
      },
      // Without the editor's code the plain field stays, which loses colours and nothing else.
      () => undefined,
    )
    return () => {
      ended = true
      created?.model.dispose()
      created?.code.dispose()
    }
  }, [host, plain])

  useEffect(() => {
    if (!instance || options.value === synced.current) return
    synced.current = options.value
    if (instance.model.getValue() === options.value) return
    const whole = instance.model.getFullModelRange()
    instance.model.pushEditOperations(null, [{ range: whole, text: options.value }], () => null)
  }, [instance, options.value])

  const readOnly = options.readOnly ?? false
  useEffect(() => {
    instance?.code.updateOptions({ readOnly, domReadOnly: readOnly, ariaLabel: options.label })
  }, [instance, readOnly, options.label])

  const { markers } = options
  useEffect(() => {
    if (instance) instance.monaco.editor.setModelMarkers(instance.model, 'relata', place(instance, markers))
  }, [instance, markers])

  const from = options.lines?.from
  const to = options.lines?.to
  useEffect(() => {
    if (!instance || from === undefined || to === undefined) return
    const range = { startLineNumber: from, startColumn: 1, endLineNumber: to, endColumn: 1 }
    const marks = instance.code.createDecorationsCollection([
      { range, options: { isWholeLine: true, className: 'relata-lines', marginClassName: 'relata-lines' } },
    ])
    instance.code.revealLinesInCenterIfOutsideViewport(from, to)
    return () => marks.clear()
  }, [instance, from, to])

  return instance !== null
}

function create(
  monaco: Monaco,
  host: HTMLDivElement,
  plain: HTMLTextAreaElement | null,
  latest: RefObject<CodeEditorOptions>,
  synced: RefObject<string>,
  { oneLine, ...form }: editor.IStandaloneEditorConstructionOptions & { readonly oneLine: boolean },
): Instance {
  const { value, language, label, placeholder, readOnly = false } = latest.current
  const model = monaco.editor.createModel(value, language ?? 'postgresql')
  synced.current = value
  offerCompletions(model, () => latest.current.completions?.() ?? [])
  const code = monaco.editor.create(host, {
    ...form,
    // A text area is known as a field to everything that listens for keys on the page; an EditContext is not.
    editContext: false,
    model,
    readOnly,
    domReadOnly: readOnly,
    ariaLabel: label,
    ...(placeholder === undefined ? {} : { placeholder }),
  })
  const listeners: IDisposable[] = [
    model.onDidChangeContent(() => {
      if (oneLine && model.getLineCount() > 1) {
        const joined = model.getValue().replace(/\s*\n\s*/g, ' ')
        model.pushEditOperations(null, [{ range: model.getFullModelRange(), text: joined }], () => null)
        return
      }
      const text = model.getValue()
      if (text === synced.current) return
      synced.current = text
      latest.current.onChange?.(text)
    }),
    code.onDidBlurEditorWidget(() => latest.current.onCommit?.()),
    code.onDidContentSizeChange(({ contentHeight }) => latest.current.onHeight?.(contentHeight)),
    code.onDidChangeCursorSelection(({ selection }) =>
      latest.current.onSelect?.(selection.isEmpty() ? null : runRequest(code, model)),
    ),
  ]
  addKeys(monaco, code, model, latest, oneLine)
  code.onDidDispose(() => {
    for (const listener of listeners) listener.dispose()
  })
  if (plain && document.activeElement === plain) takeFocus(code, model, plain)
  return { monaco, code, model }
}

function addKeys(
  monaco: Monaco,
  code: editor.IStandaloneCodeEditor,
  model: editor.ITextModel,
  latest: RefObject<CodeEditorOptions>,
  oneLine: boolean,
): void {
  code.addAction({
    id: 'relata.run',
    label: 'Run',
    keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
    run: () => {
      const { onRun, onCommit } = latest.current
      if (onRun) onRun(runRequest(code, model))
      else onCommit?.()
    },
  })
  if (!oneLine) return
  code.addAction({
    id: 'relata.commit',
    label: 'Apply',
    keybindings: [monaco.KeyCode.Enter],
    run: () => latest.current.onCommit?.(),
  })
  code.addAction({
    id: 'relata.cancel',
    label: 'Cancel',
    keybindings: [monaco.KeyCode.Escape],
    precondition: '!suggestWidgetVisible && !editorHoverVisible && !findWidgetVisible',
    run: () => latest.current.onCancel?.(),
  })
}

function runRequest(code: editor.IStandaloneCodeEditor, model: editor.ITextModel): RunRequest {
  const selection = code.getSelection()
  if (!selection || selection.isEmpty()) return { text: model.getValue(), offset: 0 }
  const start = model.getOffsetAt(selection.getStartPosition())
  return { text: model.getValueInRange(selection), offset: codePointOffset(model.getValue(), start) - 1 }
}

function takeFocus(
  code: editor.IStandaloneCodeEditor,
  model: editor.ITextModel,
  plain: HTMLTextAreaElement,
): void {
  const start = model.getPositionAt(plain.selectionStart)
  const end = model.getPositionAt(plain.selectionEnd)
  code.setSelection({
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  })
  code.focus()
}

function place({ monaco, model }: Instance, markers: readonly CodeMarker[] = []): editor.IMarkerData[] {
  const text = model.getValue()
  return markers.map(({ message, severity, position }) => {
    const span = errorSpan(text, utf16Index(text, position))
    const start = model.getPositionAt(span.start)
    const end = model.getPositionAt(span.end)
    return {
      message,
      severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    }
  })
}
