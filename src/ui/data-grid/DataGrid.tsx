// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed by transform, which table elements do not take
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop, cells are its active descendants
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles keys for the active cell
import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { classNames } from '../class-names.ts'
import { CodeText } from '../code/CodeBlock.tsx'
import { CellPopover } from './CellPopover.tsx'
import styles from './data-grid.module.css'
import {
  columnWidth,
  type GridCell,
  type GridColumn,
  type GridRange,
  type GridRow,
  isJson,
  isRightAligned,
  rangeBetween,
  tabSeparated,
} from './grid-data.ts'
import { movedCell } from './move-cell.ts'

const rowHeight = 24
const numberWidth = 36
/** Columns at least this wide show their type after the name. */
const typeFrom = 200
const features = tableFeatures({ columnSizingFeature, columnResizingFeature })

interface DataGridProps {
  readonly label: string
  readonly columns: readonly GridColumn[]
  readonly rows: readonly GridRow[]
  /** Puts text on the clipboard. */
  readonly onCopy: (text: string) => void
}

/** Rows of results: one tab stop, arrows move, Shift extends, Ctrl/⌘+C copies as TSV, Enter shows a whole value. */
export function DataGrid({ label, columns, rows, onCopy }: DataGridProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [cell, setCell] = useState<GridCell>({ row: 0, column: 0 })
  const [anchor, setAnchor] = useState<GridCell>({ row: 0, column: 0 })
  const [opened, setOpened] = useState<GridCell | null>(null)
  const definitions = useMemo(
    () =>
      columns.map((column, index) => ({
        id: String(index),
        size: columnWidth(
          column,
          rows.map((row) => row[index] ?? null),
        ),
        minSize: 40,
      })),
    [columns, rows],
  )
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({ features, columns: definitions, data, columnResizeMode: 'onChange' })
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  const width = numberWidth + table.getTotalSize()
  const template = `${numberWidth}px ${headers.map((header) => `${header.getSize()}px`).join(' ')}`
  const range = rangeBetween(anchor, cell)

  useEffect(() => {
    virtualizer.scrollToIndex(cell.row)
  }, [virtualizer, cell.row])
  useEffect(() => {
    document.getElementById(cellId(id, cell))?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [id, cell])

  const go = (to: GridCell, extend: boolean) => {
    setCell(to)
    if (!extend) setAnchor(to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey
    if (command && event.key.toLowerCase() === 'a') {
      setAnchor({ row: 0, column: 0 })
      setCell({ row: rows.length - 1, column: columns.length - 1 })
    } else if (command && event.key.toLowerCase() === 'c') onCopy(tabSeparated(rows, range))
    else if (event.key === 'Enter' || event.key === ' ') setOpened(cell)
    else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
      const to = movedCell(cell, event.key, command, { rows: rows.length, columns: columns.length, page })
      if (!to) return
      go(to, event.shiftKey)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      <div
        ref={scroller}
        className={styles.grid}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={rows.length === 0 ? undefined : cellId(id, cell)}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div
          className={styles.head}
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template, width }}
        >
          <div className={styles.corner} role="presentation" />
          {headers.map((header, index) => {
            const column = columns[index]
            if (!column) return null
            return (
              <div
                key={header.id}
                role="columnheader"
                aria-colindex={index + 1}
                className={classNames(styles.name, isRightAligned(column.type) && styles.right)}
                title={`${column.name} ${column.type}`}
              >
                {column.name}
                {header.getSize() >= typeFrom && <small>{column.type}</small>}
                <span
                  aria-hidden
                  className={styles.grip}
                  onPointerDown={header.getResizeHandler()}
                  onDoubleClick={() => header.column.resetSize()}
                />
              </div>
            )
          })}
        </div>
        <div
          className={styles.body}
          role="presentation"
          style={{ height: virtualizer.getTotalSize(), width }}
        >
          {virtualizer.getVirtualItems().map((item) => (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              className={classNames(styles.row, item.index === cell.row && styles.current)}
              style={{ gridTemplateColumns: template, width, transform: `translateY(${item.start}px)` }}
            >
              <div className={styles.number} role="presentation">
                {item.index + 1}
              </div>
              {(rows[item.index] ?? []).map((value, index) => {
                const place = { row: item.index, column: index }
                return (
                  <Cell
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                    key={index}
                    id={cellId(id, place)}
                    value={value}
                    column={columns[index] ?? { name: '', type: 'text' }}
                    index={index}
                    selected={inRange(range, place)}
                    active={place.row === cell.row && place.column === cell.column}
                    onPress={(extend) => go(place, extend)}
                    onOpen={() => setOpened(place)}
                  />
                )
              })}
            </div>
          ))}
        </div>
      </div>
      {opened && (
        <CellPopover
          anchor={cellId(id, opened)}
          column={columns[opened.column] ?? { name: '', type: 'text' }}
          value={rows[opened.row]?.[opened.column] ?? null}
          onCopy={onCopy}
          onClose={() => {
            setOpened(null)
            scroller.current?.focus()
          }}
        />
      )}
    </>
  )
}

function cellId(grid: string, cell: GridCell): string {
  return `${grid}-${cell.row}-${cell.column}`
}

function inRange(range: GridRange, { row, column }: GridCell): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right
}

interface CellProps {
  readonly id: string
  readonly value: string | null
  readonly column: GridColumn
  readonly index: number
  readonly selected: boolean
  readonly active: boolean
  readonly onPress: (extend: boolean) => void
  readonly onOpen: () => void
}

/** Longer values are cut in the cell; the popover shows them whole. */
const shownLength = 300

function Cell({ id, value, column, index, selected, active, onPress, onOpen }: CellProps) {
  const text = value?.slice(0, shownLength) ?? null
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={index + 1}
      aria-selected={selected}
      className={classNames(
        styles.cell,
        isRightAligned(column.type) && styles.right,
        isJson(column.type) && styles.json,
        selected && styles.selected,
        active && styles.active,
      )}
      onClick={(event) => {
        onPress(event.shiftKey)
        if (!event.shiftKey && isJson(column.type) && value !== null) onOpen()
      }}
      onDoubleClick={onOpen}
    >
      {text === null ? (
        <i className={styles.null}>null</i>
      ) : isJson(column.type) ? (
        <CodeText text={text} language="json" />
      ) : (
        text
      )}
    </div>
  )
}
