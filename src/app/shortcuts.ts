import type { Action } from '../state/action.ts'

/** What the keyboard event says, without the event. */
export interface KeyPress {
  readonly key: string
  /** `KeyZ`, `Digit1`: the key's place, for layouts where a modifier changes the letter. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Shortcuts that text fields have themselves. */
const fieldShortcuts = new Set(['A', 'C', 'V', 'X', 'Y', 'Z'])

/** Whether the press is that shortcut (`Mod+Shift+Z`). Mod is ⌘ on Apple computers and Ctrl elsewhere. */
export function matchesShortcut(shortcut: string, press: KeyPress, apple: boolean): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1) === '' ? '+' : (parts.at(-1) ?? '')
  const has = (name: string) => parts.slice(0, -1).includes(name)
  const command = apple ? press.metaKey : press.ctrlKey
  const other = apple ? press.ctrlKey : press.metaKey
  if (command !== has('Mod') || other !== has('Ctrl') || press.altKey !== has('Alt')) return false
  // A sign such as ? or + already says whether Shift is down.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (!isSign && press.shiftKey !== has('Shift')) return false
  if (press.key.toLowerCase() === key.toLowerCase()) return true
  if (key === 'Delete' && press.key === 'Backspace') return true
  return (
    key.length === 1 && !isSign && (press.code === `Key${key.toUpperCase()}` || press.code === `Digit${key}`)
  )
}

/** Whether the shortcut stays with the text field that has the keyboard. */
export function belongsToField(shortcut: string): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1) ?? ''
  if (/^F\d+$/.test(key)) return false
  if (!parts.includes('Mod')) return true
  return (
    fieldShortcuts.has(key.toUpperCase()) || key.startsWith('Arrow') || key === 'Delete' || key === 'Enter'
  )
}

/** The action that the press invokes; undefined: none. */
export function actionFor(
  actions: readonly Action[],
  press: KeyPress,
  situation: { readonly inField: boolean; readonly apple: boolean },
): Action | undefined {
  return actions.find(
    (action) =>
      action.shortcut !== undefined &&
      matchesShortcut(action.shortcut, press, situation.apple) &&
      !(situation.inField && belongsToField(action.shortcut)) &&
      action.enabled?.() !== false,
  )
}
