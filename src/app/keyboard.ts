import { sessionStore } from '../state/session-store.ts'
import { allActions } from './actions.ts'
import { actionFor } from './shortcuts.ts'

const apple = /Mac|iPhone|iPad/.test(navigator.platform)

/** Listens for the shortcuts of all actions. Returns the way out. */
export function listenForShortcuts(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isModal()) return
    const action = actionFor(allActions(), event, { inField: isField(event.target), apple })
    if (!action) return
    event.preventDefault()
    void action.run()
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

/** What opens over the page; a list inside a region is part of it. */
const floating = '[role="menu"], [role="listbox"]:not([data-region] *)'

/** A dialog, the palette or a menu is open: the keyboard is theirs. */
function isModal(): boolean {
  const { paletteOpen, dialog } = sessionStore.getState()
  return paletteOpen || dialog !== null || document.querySelector(floating) !== null
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, .monaco-editor') !== null
}
