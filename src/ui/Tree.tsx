import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import styles from './tree.module.css'
import { moveInTree, type TreeRow, typeAhead } from './tree-keys.ts'

interface TreeProps<R extends TreeRow> {
  readonly label: string
  /** The visible rows from top to bottom: those inside folded parents are left out. */
  readonly rows: readonly R[]
  readonly selected: ReadonlySet<string>
  readonly renderRow: (row: R) => ReactNode
  readonly onToggle: (row: R, expanded: boolean) => void
  /** Click, or Enter; `extend` with Shift or the platform's command key. */
  readonly onSelect: (row: R, extend: boolean) => void
  /** Keys the tree itself has no use for (F2, Delete), with the focused row. */
  readonly onRowKey?: (event: KeyboardEvent, row: R) => void
  /** The row that the last secondary click or menu key was on. */
  readonly onPoint?: (row: R | null) => void
  /** Brought into view when it changes. */
  readonly reveal?: string | undefined
  /** True while a field inside a row has the keyboard. */
  readonly editing?: boolean
}

const rowHeight = 24
const indent = 11

/** A virtualised tree with one tab stop (ARIA APG tree view, active descendant). */
export function Tree<R extends TreeRow>(props: TreeProps<R>) {
  const { label, rows, selected, renderRow, onToggle, onSelect, onRowKey, onPoint, reveal, editing } = props
  const treeId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const lastFocused = useRef(0)
  const found = rows.findIndex((row) => row.id === focusedId)
  // A row that is gone leaves the focus to the one that took its place.
  const focused = found >= 0 ? found : Math.min(lastFocused.current, rows.length - 1)
  lastFocused.current = Math.max(0, focused)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    // The first measure comes after mounting; rows are there for the first paint.
    initialRect: { width: 240, height: 600 },
  })
  const revealIndex = reveal === undefined ? -1 : rows.findIndex((row) => row.id === reveal)
  useEffect(() => {
    if (revealIndex >= 0) virtual.scrollToIndex(revealIndex, { align: 'auto' })
  }, [revealIndex, virtual])

  const focusRow = (index: number) => {
    const row = rows[index]
    if (!row) return
    setFocusedId(row.id)
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = rows[focused]
    if (!row || editing || event.target !== event.currentTarget) return
    const move = moveInTree(
      rows,
      focused,
      event.key,
      Math.floor(event.currentTarget.clientHeight / rowHeight),
    )
    if (move !== null && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if ('toggle' in move) onToggle(row, move.toggle)
      else focusRow(move.focus)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onSelect(row, event.shiftKey || event.ctrlKey || event.metaKey)
    } else if (
      event.key.length === 1 &&
      event.key !== '/' &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      event.stopPropagation()
      event.preventDefault()
      const fresh = event.timeStamp - typed.current.at > 700
      typed.current = { text: (fresh ? '' : typed.current.text) + event.key, at: event.timeStamp }
      focusRow(typeAhead(rows, focused, typed.current.text))
    } else {
      onRowKey?.(event, row)
    }
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      aria-multiselectable
      aria-activedescendant={focused >= 0 ? `${treeId}-${rows[focused]?.id}` : undefined}
      tabIndex={0}
      className={styles.tree}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        if (event.target === event.currentTarget) onPoint?.(rows[focused] ?? null)
      }}
    >
      <div className={styles.sizer} role="none" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree holds the keyboard for all rows
            // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant moves over the rows
            <div
              key={row.id}
              id={`${treeId}-${row.id}`}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-setsize={row.setSize}
              aria-posinset={row.position}
              aria-expanded={row.expanded}
              aria-selected={selected.has(row.id)}
              className={classNames(
                styles.row,
                selected.has(row.id) && styles.selected,
                item.index === focused && styles.focused,
              )}
              style={{
                transform: `translateY(${item.start}px)`,
                paddingLeft: 4 + row.depth * indent,
              }}
              onClick={(event) => {
                setFocusedId(row.id)
                if (row.selectable === false) onToggle(row, !row.expanded)
                else onSelect(row, event.shiftKey || event.ctrlKey || event.metaKey)
              }}
              onDoubleClick={() => {
                if (row.expanded !== undefined && row.selectable !== false) onToggle(row, !row.expanded)
              }}
              onContextMenu={() => {
                setFocusedId(row.id)
                onPoint?.(row)
              }}
            >
              {row.expanded !== undefined && (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the tree do the same
                // biome-ignore lint/a11y/noStaticElementInteractions: a mouse target only
                <span
                  className={styles.twist}
                  onClick={(event) => {
                    event.stopPropagation()
                    onToggle(row, !row.expanded)
                  }}
                >
                  <Icon name={row.expanded ? 'chevron-down' : 'chevron-right'} size={12} />
                </span>
              )}
              {renderRow(row)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
