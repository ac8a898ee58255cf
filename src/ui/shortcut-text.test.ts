import { expect, test } from 'vitest'
import { shortcutText } from './shortcut-text.ts'

test.each([
  ['Mod+Shift+Z', '⇧⌘Z', 'Ctrl+Shift+Z'],
  ['Alt+ArrowDown', '⌥↓', 'Alt+↓'],
  ['Delete', '⌫', 'Del'],
  ['?', '?', '?'],
])('%s is %s or %s', (shortcut, apple, other) => {
  expect(shortcutText(shortcut, true)).toBe(apple)
  expect(shortcutText(shortcut, false)).toBe(other)
})
