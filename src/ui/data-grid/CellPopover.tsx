import { Popover as Base } from '@base-ui/react/popover'
import { useMemo, useState } from 'react'
import { Button } from '../Button.tsx'
import { CodeText } from '../code/CodeBlock.tsx'
import floating from '../floating.module.css'
import { IconButton } from '../IconButton.tsx'
import styles from './data-grid.module.css'
import { type GridColumn, isJson } from './grid-data.ts'
import { jsonFilter, jsonPath } from './json-filter.ts'
import { type JsonLine, jsonLines, jsonSize } from './json-lines.ts'

interface CellPopoverProps {
  /** The id of the cell's element. */
  readonly anchor: string
  readonly column: GridColumn
  readonly value: string | null
  readonly onCopy: (text: string) => void
  readonly onClose: () => void
}

/** A whole value: JSON laid out, with the path under the pointer; other values as they are. */
export function CellPopover({ anchor, column, value, onCopy, onClose }: CellPopoverProps) {
  const lines = useMemo(
    () => (value !== null && isJson(column.type) ? jsonLines(value) : null),
    [value, column],
  )
  const [line, setLine] = useState<JsonLine | null>(null)
  const size = lines && value !== null ? jsonSize(value) : null
  const bytes = value === null ? 0 : new TextEncoder().encode(value).length
  const filter = line?.scalar == null ? null : jsonFilter(column.name, line.path, line.scalar)
  const shown = lines ? lines.map(({ text }) => text).join('\n') : (value ?? 'null')
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner
          className={floating.positioner}
          anchor={() => document.getElementById(anchor)}
          side="bottom"
          align="start"
          sideOffset={4}
        >
          <Base.Popup
            className={`${floating.popup} ${styles.popover}`}
            aria-label={`Value of ${column.name}`}
          >
            <header className={styles.popoverHead}>
              <strong>{column.name}</strong>
              <small>{[column.type, size, `${bytes} bytes`].filter(Boolean).join(', ')}</small>
              <span />
              <IconButton icon="copy" label="Copy value" onClick={() => onCopy(shown)} />
              <IconButton icon="x" label="Close" onClick={onClose} />
            </header>
            <pre className={styles.value}>
              {lines
                ? lines.map((each, index) => (
                    <div
                      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
                      key={index}
                      className={each === line ? styles.lineOn : undefined}
                      onPointerEnter={() => setLine(each)}
                    >
                      <CodeText text={each.text} language="json" />
                    </div>
                  ))
                : shown}
            </pre>
            {lines && (
              <footer className={styles.popoverFoot}>
                <code>{jsonPath(line?.path ?? [])}</code>
                <Button
                  look="link"
                  size="small"
                  disabled={filter === null}
                  onClick={() => filter && onCopy(filter)}
                >
                  Copy as filter
                </Button>
              </footer>
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
