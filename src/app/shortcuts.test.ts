import { expect, test } from 'vitest'
import type { Action } from '../state/action.ts'
import { actionFor, belongsToField, type KeyPress, matchesShortcut } from './shortcuts.ts'

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers }
}

const action = (id: string, shortcut: string, enabled = true): Action => ({
  id,
  title: id,
  group: 'Test',
  shortcut,
  enabled: () => enabled,
  run: () => {},
})

test('Mod is Ctrl, and ⌘ on Apple computers', () => {
  expect(matchesShortcut('Mod+Z', press('z', { ctrlKey: true }), false)).toBe(true)
  expect(matchesShortcut('Mod+Z', press('z', { ctrlKey: true }), true)).toBe(false)
  expect(matchesShortcut('Mod+Z', press('z', { metaKey: true }), true)).toBe(true)
})

test('modifiers must be exactly those', () => {
  expect(matchesShortcut('Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
  expect(matchesShortcut('Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
  expect(matchesShortcut('T', press('t', { ctrlKey: true }), false)).toBe(false)
  expect(matchesShortcut('T', press('t'), false)).toBe(true)
})

test('signs and other layouts', () => {
  expect(matchesShortcut('?', press('?', { shiftKey: true }), false)).toBe(true)
  expect(matchesShortcut('Mod+K', press('л', { ctrlKey: true, code: 'KeyK' }), false)).toBe(true)
  expect(matchesShortcut('Delete', press('Backspace'), false)).toBe(true)
})

test('a text field keeps letters and its own shortcuts', () => {
  expect(belongsToField('T')).toBe(true)
  expect(belongsToField('Mod+Z')).toBe(true)
  expect(belongsToField('Delete')).toBe(true)
  expect(belongsToField('Mod+K')).toBe(false)
  expect(belongsToField('F6')).toBe(false)
})

test('the first enabled action wins', () => {
  const actions = [action('off', 'T', false), action('on', 'T'), action('later', 'T')]
  expect(actionFor(actions, press('t'), { inField: false, apple: false })?.id).toBe('on')
  expect(actionFor(actions, press('t'), { inField: true, apple: false })).toBeUndefined()
})
