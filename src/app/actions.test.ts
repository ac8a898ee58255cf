import { expect, test } from 'vitest'
import { isIconName } from '../ui/icons.ts'
import { allActions } from './actions.ts'

test('no two actions share an id', () => {
  const ids = allActions().map((action) => action.id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('no two actions share a shortcut', () => {
  const shortcuts = allActions().flatMap((action) => action.shortcut ?? [])
  expect(shortcuts.filter((shortcut, index) => shortcuts.indexOf(shortcut) !== index)).toEqual([])
})

test('every icon is in the bundle', () => {
  const icons = allActions().flatMap((action) => action.icon ?? [])
  expect(icons.filter((icon) => !isIconName(icon))).toEqual([])
})
