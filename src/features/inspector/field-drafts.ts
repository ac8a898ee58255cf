import { useCallback } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

interface Draft {
  readonly text: string
  /** Why the text could not be applied; null while it is being typed. */
  readonly error: string | null
}

/** Text in fields that is not applied, by object and field: what cannot be applied is kept until it is mended. */
const draftStore = createStore<ReadonlyMap<string, Draft>>(() => new Map())

function setDraft(key: string, draft: Draft | null): void {
  draftStore.setState((drafts) => {
    const next = new Map(drafts)
    if (draft) next.set(key, draft)
    else next.delete(key)
    return next
  }, true)
}

export interface FieldDraft {
  readonly text: string
  readonly error: string | null
  readonly change: (text: string) => void
  readonly commit: (text?: string) => void
  readonly cancel: () => void
}

/**
 * A field's text between keystroke and document. `apply` puts it into the document, or says in a sentence why it
 * cannot; then the text stays, also while something else is selected.
 */
export function useFieldDraft(
  key: string,
  applied: string,
  apply: (text: string) => string | null,
): FieldDraft {
  const draft = useStore(
    draftStore,
    useCallback((drafts) => drafts.get(key), [key]),
  )
  return {
    text: draft?.text ?? applied,
    error: draft?.error ?? null,
    change: (text) => setDraft(key, { text, error: null }),
    commit: (given) => {
      const text = given ?? draftStore.getState().get(key)?.text
      if (text === undefined) return
      if (text === applied) return setDraft(key, null)
      const error = apply(text)
      setDraft(key, error === null ? null : { text, error })
    },
    cancel: () => setDraft(key, null),
  }
}
