import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { renameObject } from '../../core/commands/rename.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { dispatch } from '../../state/document-store.ts'
import { projectStore } from '../../state/project-store.ts'
import { sessionStore } from '../../state/session-store.ts'
import { classNames } from '../../ui/class-names.ts'
import { draftColumn, focusNode } from './canvas-store.ts'
import styles from './column-editor.module.css'

/** The name of a table or view, edited in place. Tab, or Enter on a table just made, goes on to its next column. */
export function TableNameEditor({ id, name }: { readonly id: ObjectId; readonly name: string }) {
  const input = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true })
    input.current?.select()
  }, [])
  const commit = () => {
    if (done.current) return
    done.current = true
    const written = input.current?.value.trim() ?? ''
    if (written !== '' && written !== name) {
      const withParts = !projectStore.getState().baseline.objects.has(id)
      dispatch('Rename table', (document) => renameObject(document, { object: id, name: written, withParts }))
    }
    if (sessionStore.getState().renaming === id) sessionStore.setState({ renaming: null })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault()
      const isNew = name.startsWith('new_table')
      commit()
      if (event.key === 'Tab' || isNew) draftColumn(id)
      else focusNode(id)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      done.current = true
      sessionStore.setState({ renaming: null })
      focusNode(id)
    }
  }
  return (
    <input
      ref={input}
      className={classNames(styles.title, 'nodrag', 'nopan')}
      defaultValue={name}
      spellCheck={false}
      aria-label="Table name"
      onKeyDown={onKeyDown}
      onBlur={commit}
    />
  )
}
