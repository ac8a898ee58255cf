import type { GridCell } from './grid-data.ts'

interface Extent {
  readonly rows: number
  readonly columns: number
  /** Rows that Page Up and Page Down move by. */
  readonly page: number
}

/** Where a key leads from a cell; null for a key that does not move. `toEnd`: Ctrl or ⌘ is held. */
export function movedCell(from: GridCell, key: string, toEnd: boolean, extent: Extent): GridCell | null {
  const lastRow = Math.max(0, extent.rows - 1)
  const lastColumn = Math.max(0, extent.columns - 1)
  const at = (row: number, column: number): GridCell => ({
    row: Math.min(Math.max(row, 0), lastRow),
    column: Math.min(Math.max(column, 0), lastColumn),
  })
  const { row, column } = from
  switch (key) {
    case 'ArrowDown':
      return at(toEnd ? lastRow : row + 1, column)
    case 'ArrowUp':
      return at(toEnd ? 0 : row - 1, column)
    case 'ArrowRight':
      return at(row, toEnd ? lastColumn : column + 1)
    case 'ArrowLeft':
      return at(row, toEnd ? 0 : column - 1)
    case 'PageDown':
      return at(row + extent.page, column)
    case 'PageUp':
      return at(row - extent.page, column)
    case 'Home':
      return at(toEnd ? 0 : row, 0)
    case 'End':
      return at(toEnd ? lastRow : row, lastColumn)
    default:
      return null
  }
}
