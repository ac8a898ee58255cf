import { isTable } from '../../core/kinds/table/table.kind.ts'
import { useDocument } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx'
import styles from './explorer.module.css'
import type { ExplorerRow, ObjectRow } from './explorer-rows.ts'
import type { RowMarks } from './row-marks.ts'

interface ExplorerLineProps {
  readonly row: ExplorerRow
  readonly marks: RowMarks | undefined
  readonly renaming: boolean
  /** null: the name stays. */
  readonly onRename: (name: string | null) => void
}

export function ExplorerLine({ row, marks, renaming, onRename }: ExplorerLineProps) {
  if (row.type === 'group') {
    return (
      <>
        {row.icon && <Icon name={row.icon} size={13} className={styles.home} />}
        <span className={row.icon ? styles.name : styles.group}>{row.text}</span>
        <small>{row.count}</small>
      </>
    )
  }
  return (
    <>
      <Mark row={row} />
      {renaming ? <NameField name={row.object.name} onDone={onRename} /> : <Name row={row} />}
      {marks?.severity && <Problem severity={marks.severity} />}
      {marks?.change && <Sign change={marks.change} />}
      {row.note !== null &&
        (row.expanded === undefined ? (
          <span className={styles.note}>{row.note}</span>
        ) : (
          <small>{row.note}</small>
        ))}
    </>
  )
}

function Mark({ row }: { readonly row: ObjectRow }) {
  const { diagram } = useDocument()
  if (isTable(row.object)) {
    const item = diagram.get(row.object.id)
    const colour = item?.kind === 'placement' ? item.colour : 'none'
    return <i className={styles.swatch} style={{ background: `var(--table-${colour})` }} />
  }
  const home = row.depth === 0
  return <Icon name={row.icon} size={home ? 13 : 12} className={home ? styles.home : styles.icon} />
}

function Name({ row }: { readonly row: ObjectRow }) {
  return (
    <span className={styles.name}>
      <MiddleEllipsis text={row.object.name} />
    </span>
  )
}

function NameField({
  name,
  onDone,
}: {
  readonly name: string
  readonly onDone: (name: string | null) => void
}) {
  return (
    <input
      className={styles.rename}
      defaultValue={name}
      aria-label={`New name of ${name}`}
      spellCheck={false}
      // biome-ignore lint/a11y/noAutofocus: the field appears because a person asked to rename
      autoFocus
      onFocus={(event) => event.target.select()}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') onDone(event.currentTarget.value)
        if (event.key === 'Escape') onDone(null)
      }}
      onBlur={(event) => onDone(event.target.value)}
    />
  )
}

function Problem({ severity }: { readonly severity: NonNullable<RowMarks['severity']> }) {
  const icon = { error: 'circle-x', warning: 'triangle-alert', info: 'info', blocked: 'circle-pause' }[
    severity
  ]
  const label = {
    error: 'has an error',
    warning: 'has a warning',
    info: 'has a remark',
    blocked: 'is blocked',
  }[severity]
  return <Icon name={icon} size={12} className={styles[severity]} label={label} />
}

function Sign({ change }: { readonly change: NonNullable<RowMarks['change']> }) {
  const look = { '+': styles.added, '~': styles.changed, '−': styles.removed }[change.sign]
  const word = { '+': 'added', '~': 'changed', '−': 'removed' }[change.sign]
  return (
    <b className={classNames(styles.sign, look)}>
      <span aria-hidden>{change.count > 1 ? `${change.sign}${change.count}` : change.sign}</span>
      <span className="visually-hidden">{`${change.count} ${word}`}</span>
    </b>
  )
}
