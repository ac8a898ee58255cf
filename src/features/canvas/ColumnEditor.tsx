import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { writeColumnText } from '../../core/commands/column-text.ts'
import { writeColumn } from '../../core/commands/write-column.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { dispatch, documentStore } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { select, sessionStore } from '../../state/session-store.ts'
import { classNames } from '../../ui/class-names.ts'
import { canvasStore, draftColumn, focusNode } from './canvas-store.ts'
import { type Completion, completionsAt, insertCompletion } from './column-completions.ts'
import styles from './column-editor.module.css'

interface ColumnEditorProps {
  readonly table: ObjectId
  /** The column to change; null: a new one. */
  readonly column: ObjectId | null
}

/** One line of text for a whole column: `email varchar(255) not null`. */
export function ColumnEditor({ table, column }: ColumnEditorProps) {
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const [text, setText] = useState(() => (column === null ? '' : textOf(column)))
  const [completions, setCompletions] = useState<readonly Completion[]>([])
  const [chosen, setChosen] = useState(-1)
  const closing = useRef(false)
  const caret = useRef<number | null>(null)

  useLayoutEffect(() => {
    const field = input.current
    field?.focus({ preventScroll: true })
    if (field && column !== null) field.setSelectionRange(0, nameLength(field.value))
  }, [column])
  useLayoutEffect(() => {
    if (caret.current === null) return
    input.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })

  const change = (value: string, position: number) => {
    setText(value)
    setCompletions(completionsAt(value, position, documentStore.getState().document))
    setChosen(-1)
  }
  const accept = (completion: Completion) => {
    const next = insertCompletion(text, completion)
    setText(next.text)
    setCompletions([])
    setChosen(-1)
    caret.current = next.caret
  }
  /** Writes what was typed; gives the column, or null when nothing was. */
  const commit = (): ObjectId | null => {
    closing.current = true
    if (text.trim() === '') return column
    const id = column ?? newId()
    const title = column === null ? 'Add column' : 'Change column'
    dispatch(title, (document) => writeColumn(document, { id, newId, table, text }))
    return id
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    const open = completions.length > 0
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && open) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setChosen((chosen + step + completions.length + (chosen < 0 && step < 0 ? 1 : 0)) % completions.length)
      return
    }
    const offered = completions[chosen] ?? (event.key === 'Tab' ? completions[0] : undefined)
    if (event.key === 'Escape') {
      event.preventDefault()
      if (open) setCompletions([])
      else close(column, table, closing)
    } else if (
      (event.key === 'Enter' || event.key === 'Tab') &&
      offered &&
      offered.insert !== offered.typed
    ) {
      event.preventDefault()
      accept(offered)
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault()
      const written = commit()
      if (column === null) afterNew(written, table)
      else if (event.key === 'Tab') editNext(column, table, event.shiftKey ? -1 : 1)
      else close(column, table, closing)
    }
  }
  return (
    <div className={classNames(styles.editor, 'nodrag', 'nopan', 'nowheel')}>
      <input
        ref={input}
        className={styles.input}
        value={text}
        spellCheck={false}
        autoComplete="off"
        placeholder="name type"
        role="combobox"
        aria-label={column === null ? 'New column: name and type' : 'Column: name and type'}
        aria-expanded={completions.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={chosen < 0 ? undefined : `${list}-${chosen}`}
        onChange={(event) => change(event.target.value, event.target.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (closing.current) return
          commit()
          stopEditing(column)
        }}
      />
      {completions.length > 0 && (
        <div id={list} role="listbox" aria-label="Types" className={styles.list}>
          {completions.map((completion, index) => (
            <div
              key={completion.insert}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={classNames(styles.option, index === chosen && styles.chosen)}
              onPointerDown={(event) => {
                event.preventDefault()
                accept(completion)
              }}
            >
              <span>{completion.insert}</span>
              {completion.hint && <small>{completion.hint}</small>}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function textOf(id: ObjectId): string {
  const schema = schemaOf(documentStore.getState().document)
  const column = schema.find(id, isColumn)
  return column ? writeColumnText(column, schema) : ''
}

function nameLength(text: string): number {
  return /^"(?:[^"]|"")*"|^\S*/.exec(text)?.[0].length ?? 0
}

function stopEditing(column: ObjectId | null): void {
  if (column === null) draftColumn(null)
  else if (sessionStore.getState().renaming === column) sessionStore.setState({ renaming: null })
}

function close(column: ObjectId | null, table: ObjectId, closing: { current: boolean }): void {
  closing.current = true
  stopEditing(column)
  focusNode(table, column)
}

/** After a new column comes the next one; an empty line ends the series. */
function afterNew(written: ObjectId | null, table: ObjectId): void {
  if (written === null) {
    draftColumn(null)
    focusNode(table)
  } else {
    select([written])
    draftColumn(table)
  }
}

function editNext(column: ObjectId, table: ObjectId, step: 1 | -1): void {
  const columns = schemaOf(documentStore.getState().document).childrenOf(table, isColumn)
  const next = columns[columns.findIndex((candidate) => candidate.id === column) + step]
  canvasStore.setState({ focusRow: null })
  sessionStore.setState({ renaming: next?.id ?? null })
  if (next) select([next.id])
  else if (step > 0) draftColumn(table)
  else focusNode(table)
}
