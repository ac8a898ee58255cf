import { expect, test } from 'vitest'
import { moveInTree, type TreeRow, typeAhead } from './tree-keys.ts'

const row = (id: string, depth: number, expanded?: boolean): TreeRow => ({
  id,
  depth,
  text: id,
  position: 1,
  setSize: 1,
  expanded,
})

const rows = [
  row('public', 0, true),
  row('Tables', 1, true),
  row('accounts', 2, false),
  row('audit_logs', 2, false),
  row('Views', 1),
]

test('arrows walk, unfold and climb', () => {
  expect(moveInTree(rows, 0, 'ArrowDown', 10)).toEqual({ focus: 1 })
  expect(moveInTree(rows, 2, 'ArrowRight', 10)).toEqual({ toggle: true })
  expect(moveInTree(rows, 1, 'ArrowRight', 10)).toEqual({ focus: 2 })
  expect(moveInTree(rows, 1, 'ArrowLeft', 10)).toEqual({ toggle: false })
  expect(moveInTree(rows, 3, 'ArrowLeft', 10)).toEqual({ focus: 1 })
  expect(moveInTree(rows, 4, 'ArrowRight', 10)).toEqual({ focus: 4 })
  expect(moveInTree(rows, 4, 'PageUp', 3)).toEqual({ focus: 1 })
  expect(moveInTree(rows, 4, 'x', 3)).toBeNull()
})

test('type-ahead finds a beginning and goes round on one letter', () => {
  expect(typeAhead(rows, 0, 'au')).toBe(3)
  expect(typeAhead(rows, 2, 'a')).toBe(3)
  expect(typeAhead(rows, 3, 'aa')).toBe(2)
  expect(typeAhead(rows, 2, 'zz')).toBe(2)
})
