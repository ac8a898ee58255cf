import type { NodeProps } from '@xyflow/react'
import { memo, useLayoutEffect, useRef } from 'react'
import { changeNote } from '../../core/commands/diagram-items.ts'
import { dispatch } from '../../state/document-store.ts'
import { sessionStore } from '../../state/session-store.ts'
import { useSession } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { focusNode, useCanvas } from './canvas-store.ts'
import styles from './diagram-items.module.css'
import type { NoteNodeType } from './nodes.ts'
import { useFocusStop } from './use-focus-stop.ts'

/** Free text on the canvas. */
export const NoteNode = memo(
  function NoteNode({ data: { note }, selected }: NodeProps<NoteNodeType>) {
    const editing = useSession((state) => state.renaming === note.id)
    const ref = useFocusStop<HTMLDivElement>(note.id)
    const isStop = useCanvas((state) => state.focus === note.id)
    return (
      <div
        ref={ref}
        className={classNames(styles.note, selected && styles.selected)}
        tabIndex={isStop ? 0 : -1}
        data-table={note.id}
        role="note"
        aria-label={`Note: ${note.text}`}
      >
        {editing ? <NoteEditor id={note.id} text={note.text} /> : note.text || 'Empty note'}
      </div>
    )
  },
  (a, b) => a.data === b.data && a.selected === b.selected,
)

function NoteEditor({ id, text }: { readonly id: string; readonly text: string }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const cancelled = useRef(false)
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [])
  return (
    <textarea
      ref={field}
      className={classNames(styles.text, 'nodrag', 'nopan', 'nowheel')}
      defaultValue={text}
      rows={Math.max(2, text.split('\n').length)}
      aria-label="Note text"
      onKeyDown={(event) => {
        event.stopPropagation()
        const done = event.key === 'Escape' || (event.key === 'Enter' && (event.metaKey || event.ctrlKey))
        if (!done) return
        event.preventDefault()
        cancelled.current = event.key === 'Escape'
        event.currentTarget.blur()
        focusNode(id)
      }}
      onBlur={(event) => {
        const written = event.currentTarget.value
        if (!cancelled.current && written !== text) {
          dispatch('Change note', (document) => changeNote(document, id, { text: written }))
        }
        if (sessionStore.getState().renaming === id) sessionStore.setState({ renaming: null })
      }}
    />
  )
}
