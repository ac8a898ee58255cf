import { memo } from 'react'
import { typesFit } from '../../core/commands/add-foreign-key.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import type { ChangeMark, RowView } from '../../core/layout/table-view.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { documentStore } from '../../state/document-store.ts'
import { useSession } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ColumnEditor } from './ColumnEditor.tsx'
import { canvasStore, useCanvas } from './canvas-store.ts'
import { startLink } from './link-gesture.ts'
import { useIsLit } from './lit-rows.ts'
import type { RowMark } from './problem-marks.ts'
import styles from './table-node.module.css'
import { useFocusStop } from './use-focus-stop.ts'

interface TableRowProps {
  readonly row: RowView
  readonly table: ObjectId
  readonly mark: RowMark | undefined
}

/** One column in a table node. */
export const TableRow = memo(function TableRow({ row, table, mark }: TableRowProps) {
  const ref = useFocusStop<HTMLLIElement>(table, row.id)
  const selected = useSession((state) => state.selection.includes(row.id))
  const editing = useSession((state) => state.renaming === row.id)
  const lit = useIsLit(row.id)
  const dimmed = useCanvas((state) => state.link !== null && !fits(state.link.from, row.id))
  const isTarget = useCanvas((state) => state.link?.over === row.id)
  const isLeft = useCanvas((state) => state.takenRight.has(row.id))
  if (editing) {
    return (
      <li className={styles.row}>
        <ColumnEditor table={table} column={row.id} />
      </li>
    )
  }
  const error = mark?.severity === 'error'
  return (
    <li
      ref={ref}
      tabIndex={-1}
      onPointerDown={(event) => {
        if (canvasStore.getState().tool === 'link') startLink(event, row.id, table)
      }}
      data-row={row.id}
      title={mark?.message ?? (row.details === '' ? undefined : row.details)}
      aria-label={describe(row, mark)}
      aria-current={selected || undefined}
      className={classNames(
        styles.row,
        !row.nullable && styles.notNull,
        row.key === 'primary' && styles.primary,
        row.change && styles[row.change],
        error && styles.errorRow,
        mark?.severity === 'blocked' && styles.blocked,
        lit && styles.lit,
        (selected || isTarget) && styles.current,
        dimmed && styles.dimmed,
      )}
    >
      <u>{row.change ? signs[row.change] : ''}</u>
      <em>
        {row.key === 'primary' && <Icon name="key-round" size={12} />}
        {row.key === 'foreign' && <Icon name="link-2" size={12} className={styles.quiet} />}
      </em>
      <span className={styles.name}>{row.name}</span>
      {row.unique && <abbr title="Unique">U</abbr>}
      {row.generated && <abbr title="Generated">G</abbr>}
      {error && <Icon name="circle-x" size={12} className={styles.error} />}
      {mark?.severity === 'warning' && <Icon name="triangle-alert" size={12} className={styles.warning} />}
      <code>{row.type}</code>
      <s>{row.nullable ? '?' : ''}</s>
      <i
        className={classNames(styles.handle, isLeft && styles.left, 'nodrag', 'nopan')}
        onPointerDown={(event) => startLink(event, row.id, table)}
        aria-hidden
      />
    </li>
  )
})

const signs: Readonly<Record<ChangeMark, string>> = { added: '+', changed: '~', removed: '−' }

function fits(from: ObjectId, to: ObjectId): boolean {
  if (from === to) return true
  const schema = schemaOf(documentStore.getState().document)
  const [a, b] = [schema.find(from, isColumn), schema.find(to, isColumn)]
  return a !== undefined && b !== undefined && typesFit(a, b)
}

function describe(row: RowView, mark: RowMark | undefined): string {
  const parts = [row.name, row.type]
  if (row.key === 'primary') parts.push('primary key')
  if (row.key === 'foreign') parts.push('foreign key')
  if (row.unique) parts.push('unique')
  if (row.generated) parts.push('generated')
  parts.push(row.nullable ? 'nullable' : 'not null')
  if (row.change) parts.push(row.change)
  if (mark) parts.push(`${mark.severity}: ${mark.message}`)
  return parts.join(', ')
}
