import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { ChangeMark, TableView } from '../../core/layout/table-view.ts'
import type { TableColour } from '../../core/model/diagram.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { documentStore } from '../../state/document-store.ts'
import { showList } from '../../state/session-store.ts'
import { useSession } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import { setExpanded, useCanvas } from './canvas-store.ts'
import { useDetailLevel } from './lod.ts'
import { NewColumnRow } from './NewColumnRow.tsx'
import type { TableNodeType } from './nodes.ts'
import type { NodeMarks } from './problem-marks.ts'
import { TableNameEditor } from './TableNameEditor.tsx'
import { TableRow } from './TableRow.tsx'
import styles from './table-node.module.css'
import { useFocusStop } from './use-focus-stop.ts'

/** A table or view. Zoomed out it is an empty, focusable frame: the overview canvas paints it. */
export const TableNode = memo(
  function TableNode({ data, selected, dragging }: NodeProps<TableNodeType>) {
    return <Frame {...data} selected={selected} dragging={dragging} />
  },
  (a, b) => a.data === b.data && a.selected === b.selected && a.dragging === b.dragging,
)

/** True for the table of the one selected column, key, index or other part. */
function isWhereSelectionIs(table: ObjectId, selection: readonly string[]): boolean {
  const [only] = selection
  if (only === undefined || selection.length > 1) return false
  const object = documentStore.getState().document.objects.get(only)
  return object?.parent === table && object.kind !== 'foreign key'
}

interface FrameProps {
  readonly view: TableView
  readonly colour: TableColour
  readonly marks: NodeMarks
  readonly selected: boolean
  readonly dragging: boolean
}

function Frame({ view, colour, marks, selected, dragging }: FrameProps) {
  const level = useDetailLevel()
  const ref = useFocusStop<HTMLElement>(view.id)
  const isStop = useCanvas((state) => state.focus === view.id)
  const isTarget = useCanvas((state) => state.link?.over === view.id)
  const holdsSelection = useSession((state) => isWhereSelectionIs(view.id, state.selection))
  return (
    <section
      ref={ref}
      tabIndex={view.change === 'removed' ? undefined : isStop ? 0 : -1}
      data-table={view.id}
      aria-label={describe(view, marks)}
      className={classNames(
        level === 'full' ? styles.node : styles.ghost,
        view.isView && styles.view,
        level === 'full' && view.change === 'removed' && styles.removedNode,
        (selected || holdsSelection || isTarget) && styles.selected,
        dragging && styles.dragging,
      )}
      data-colour={colour}
    >
      {level === 'full' && <Content view={view} marks={marks} />}
    </section>
  )
}

function Content({ view, marks }: { readonly view: TableView; readonly marks: NodeMarks }) {
  const renaming = useSession((state) => state.renaming === view.id)
  const blockedRows = marks.blocked && marks.errors === 0
  return (
    <>
      <header className={styles.header}>
        {renaming ? <TableNameEditor id={view.id} name={view.name} /> : <strong>{view.name}</strong>}
        <small>{view.namespace}</small>
        <span className={styles.space} />
        <ChangeSign change={view.change} />
        <ProblemCount marks={marks} />
        {blockedRows && <Icon name="circle-pause" size={13} className={styles.quiet} label="Not tried" />}
        {view.comment !== null && (
          <span title={view.comment} className={styles.quiet}>
            <Icon name="message-square" size={12} label="Has a comment" />
          </span>
        )}
      </header>
      <ol className={styles.rows}>
        {view.rows.map((row) => (
          <TableRow key={row.id} row={row} table={view.id} mark={marks.rows[row.id]} />
        ))}
        {view.foldable && <FoldRow view={view} />}
        <NewColumnRow table={view.id} />
      </ol>
      <Footer view={view} />
    </>
  )
}

/** "14 more columns": shows them, in place. */
function FoldRow({ view }: { readonly view: TableView }) {
  const label =
    view.hidden === 0 ? 'Fewer columns' : view.hidden === 1 ? '1 more column' : `${view.hidden} more columns`
  return (
    <li>
      <button
        type="button"
        tabIndex={-1}
        className={classNames(styles.more, 'nodrag')}
        aria-expanded={view.hidden === 0}
        disabled={view.change === 'removed'}
        onClick={(event) => {
          event.stopPropagation()
          setExpanded(view.id, view.hidden > 0)
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        {label}
      </button>
    </li>
  )
}

const signs: Readonly<Record<ChangeMark, string>> = { added: '+', changed: '~', removed: '−' }

function ChangeSign({ change }: { readonly change: ChangeMark | null }) {
  const isPast = useSession((state) => state.past !== null)
  if (change === null) return null
  const since = isPast ? 'by this migration' : 'since the last export'
  return (
    <b className={classNames(styles.sign, styles[change])} title={`${change} ${since}`}>
      {signs[change]}
    </b>
  )
}

function ProblemCount({ marks }: { readonly marks: NodeMarks }) {
  if (marks.errors > 0) {
    return (
      <span className={classNames(styles.pill, styles.error)}>
        <Icon name="circle-x" size={13} label="Errors" />
        {marks.errors}
      </span>
    )
  }
  if (marks.warnings === 0) return null
  return (
    <span className={classNames(styles.pill, styles.warning)}>
      <Icon name="triangle-alert" size={12} label="Warnings" />
      {marks.warnings}
    </span>
  )
}

function Footer({ view }: { readonly view: TableView }) {
  return (
    <footer className={styles.footer}>
      {view.isView && <Badge view={view} icon="eye" text="view" title="View" />}
      <Badge view={view} list="partition" icon="rows-3" text={view.partitions} title="Partitions" />
      <Badge view={view} list="index" icon="list-tree" text={view.indexes} title="Indexes" />
      <Badge view={view} list="check" icon="list-checks" text={view.checks} title="Checks" />
      <Badge view={view} list="trigger" icon="zap" text={view.triggers} title="Triggers" />
      {view.policies > 0 && (
        <Badge
          view={view}
          list="policy"
          icon="shield"
          text={view.rowSecurity ? `RLS ${view.policies}` : 'RLS off'}
          title={
            view.rowSecurity
              ? `Row-level security: ${view.policies} policies`
              : `Row-level security is off: its ${view.policies} policies do nothing`
          }
          warns={!view.rowSecurity}
        />
      )}
    </footer>
  )
}

interface BadgeProps {
  readonly view: TableView
  readonly icon: string
  readonly text: number | string
  readonly title: string
  /** The kind whose list a click opens in the inspector. */
  readonly list?: string
  readonly warns?: boolean
}

function Badge({ view, icon, text, title, list, warns }: BadgeProps) {
  if (text === 0) return null
  const content = (
    <>
      <Icon name={icon} size={12} label={title} />
      {text}
    </>
  )
  if (list === undefined || view.change === 'removed') return <span title={title}>{content}</span>
  return (
    <button
      type="button"
      tabIndex={-1}
      title={title}
      className={classNames(warns && styles.warning, 'nodrag')}
      onClick={(event) => {
        event.stopPropagation()
        showList(view.id, list)
      }}
    >
      {content}
    </button>
  )
}

function describe(view: TableView, marks: NodeMarks): string {
  const kind = view.isView ? 'View' : 'Table'
  const parts = [`${kind} ${view.namespace}.${view.name}`, `${view.columnCount} columns`]
  if (marks.errors > 0) parts.push(marks.errors === 1 ? '1 error' : `${marks.errors} errors`)
  if (marks.warnings > 0) parts.push(marks.warnings === 1 ? '1 warning' : `${marks.warnings} warnings`)
  if (view.change !== null) parts.push(view.change)
  return parts.join(', ')
}
