import { expect, test } from 'vitest'
import { movedCell } from './move-cell.ts'

const extent = { rows: 10, columns: 3, page: 4 }
const from = { row: 5, column: 1 }

test('arrows move by one and stop at the edges', () => {
  expect(movedCell(from, 'ArrowDown', false, extent)).toEqual({ row: 6, column: 1 })
  expect(movedCell({ row: 9, column: 2 }, 'ArrowDown', false, extent)).toEqual({ row: 9, column: 2 })
  expect(movedCell({ row: 0, column: 0 }, 'ArrowLeft', false, extent)).toEqual({ row: 0, column: 0 })
})

test('Ctrl goes to the edge, pages move by a page', () => {
  expect(movedCell(from, 'ArrowUp', true, extent)).toEqual({ row: 0, column: 1 })
  expect(movedCell(from, 'PageDown', false, extent)).toEqual({ row: 9, column: 1 })
  expect(movedCell(from, 'End', true, extent)).toEqual({ row: 9, column: 2 })
  expect(movedCell(from, 'Home', false, extent)).toEqual({ row: 5, column: 0 })
})

test('other keys do not move', () => {
  expect(movedCell(from, 'a', false, extent)).toBeNull()
})
