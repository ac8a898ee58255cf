import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { ObjectId } from '../../core/model/object.ts'
import { useShownChanges, useShownProblems, useShownSchema } from '../../state/past.ts'
import { select, show } from '../../state/session-store.ts'
import { useSession } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Tree } from '../../ui/Tree.tsx'
import { filterFieldId } from './actions.ts'
import { ExplorerLine } from './ExplorerLine.tsx'
import styles from './explorer.module.css'
import { removeFromExplorer, renameFromExplorer } from './explorer-edits.ts'
import { rowEntries } from './explorer-menu.ts'
import { type ExplorerRow, explorerRows } from './explorer-rows.ts'
import { rowMarks } from './row-marks.ts'

export function Explorer() {
  const schema = useShownSchema()
  const selection = useSession((state) => state.selection)
  const problems = useShownProblems((found) => found)
  const changes = useShownChanges()
  const [filter, setFilter] = useState('')
  const [unfolded, setUnfolded] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [renaming, setRenaming] = useState<ObjectId | null>(null)
  const pointed = useRef<ExplorerRow | null>(null)
  const tree = useRef<HTMLDivElement>(null)

  const rows = useMemo(() => explorerRows({ schema, filter, unfolded }), [schema, filter, unfolded])
  const marks = useMemo(() => rowMarks(problems, changes, schema), [problems, changes, schema])
  const visible = useMemo(() => new Set(rows.map((row) => row.id)), [rows])
  const selected = useMemo(
    () =>
      new Set(selection.map((id) => visibleOf(id, visible, (inner) => schema.get(inner)?.parent ?? null))),
    [selection, visible, schema],
  )
  const last = selection.at(-1)

  const focusTree = () => tree.current?.querySelector<HTMLElement>('[role="tree"]')?.focus()
  const onRowKey = (event: KeyboardEvent, row: ExplorerRow) => {
    if (row.type !== 'object') return
    if (event.key === 'F2') {
      event.preventDefault()
      setRenaming(row.id)
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      removeFromExplorer(selected.has(row.id) ? selection : [row.id])
    }
  }

  return (
    <div className={styles.explorer}>
      <div className={styles.filter}>
        <TextField
          id={filterFieldId}
          label="Filter objects"
          placeholder="Filter"
          icon="search"
          value={filter}
          onChange={setFilter}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault()
              focusTree()
            } else if (event.key === 'Escape') {
              setFilter('')
              focusTree()
            }
          }}
          end={
            filter === '' ? (
              <Kbd keys="/" />
            ) : (
              <IconButton
                icon="x"
                label="Clear filter"
                size="small"
                data-part="action"
                onClick={() => setFilter('')}
              />
            )
          }
        />
      </div>
      {rows.length === 0 && filter !== '' ? (
        <EmptyState
          actions={
            <Button look="link" onClick={() => setFilter('')}>
              Clear
            </Button>
          }
        >
          Nothing matches “{filter}”.
        </EmptyState>
      ) : (
        <ContextMenu
          entries={() =>
            rowEntries(pointed.current, selection, { rename: setRenaming, unfold: unfoldOf(setUnfolded) })
          }
        >
          <div className={styles.tree} ref={tree}>
            <Tree
              label="Objects"
              rows={rows}
              selected={selected}
              reveal={last === undefined ? undefined : [...selected].at(-1)}
              editing={renaming !== null}
              onToggle={(row, expanded) => setUnfolded((old) => new Map(old).set(row.id, expanded))}
              onSelect={(row, extend) => selectRow(row, extend, selection)}
              onRowKey={onRowKey}
              onPoint={(row) => {
                pointed.current = row
              }}
              renderRow={(row) => (
                <ExplorerLine
                  row={row}
                  marks={marks.get(row.id)}
                  renaming={renaming === row.id}
                  onRename={(name) => {
                    setRenaming(null)
                    if (row.type === 'object' && name !== null) renameFromExplorer(row.object, name)
                    focusTree()
                  }}
                />
              )}
            />
          </div>
        </ContextMenu>
      )}
    </div>
  )
}

function unfoldOf(
  set: (change: (old: ReadonlyMap<string, boolean>) => ReadonlyMap<string, boolean>) => void,
) {
  return (id: string) => set((old) => new Map(old).set(id, true))
}

function selectRow(row: ExplorerRow, extend: boolean, selection: readonly string[]): void {
  if (row.type !== 'object') return
  if (!extend) show([row.id])
  else if (selection.includes(row.id)) select(selection.filter((id) => id !== row.id))
  else select([...selection, row.id])
}

/** The row that stands for an object: its own, or that of the nearest container that is unfolded. */
function visibleOf(
  id: ObjectId,
  visible: ReadonlySet<string>,
  parentOf: (id: ObjectId) => ObjectId | null,
): string {
  for (let at: ObjectId | null = id; at !== null; at = parentOf(at)) if (visible.has(at)) return at
  return id
}
