import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { fixFor } from '../../core/commands/problem-fixes.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import type { Problem } from '../../core/model/problem.ts'
import { applyFix as apply } from '../../state/apply-fix.ts'
import { newId } from '../../state/new-id.ts'
import { show } from '../../state/session-store.ts'
import { useEngine, useSchema } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ProblemDetail } from './ProblemDetail.tsx'
import { type ProblemRow, problemRows } from './problem-rows.ts'
import styles from './problems.module.css'

const icons = { error: 'circle-x', blocked: 'circle-pause', warning: 'triangle-alert', info: 'info' } as const
const words = { error: 'Error', blocked: 'Blocked', warning: 'Warning', info: 'Information' } as const

/** Fewer lines than this need no filter. */
const filterFrom = 8

/** Everything wrong, with what it is about, who found it and what cures it; the chosen one in full at the right. */
export function ProblemsPanel() {
  const found = useEngine((state) => state.problems)
  const version = useEngine((state) => state.version)
  const status = useEngine((state) => state.status)
  const schema = useSchema()
  const problems = useMemo(() => found.map((problem) => withFix(problem, schema.document)), [found, schema])
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => problemRows(problems, schema, filter), [problems, schema, filter])
  const at = Math.max(
    0,
    rows.findIndex((row) => row.key === chosen),
  )
  const current = rows[at]

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  const choose = (row: ProblemRow | undefined) => {
    if (!row) return
    setChosen(row.key)
    if (row.objects.length > 0) show(row.objects)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (to !== undefined) choose(rows[Math.min(Math.max(to, 0), rows.length - 1)])
    else if (event.key === 'Enter') choose(current)
    else if (event.key === '.' && (event.ctrlKey || event.metaKey)) applyFix(current)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  if (problems.length === 0) {
    const checked = version === null ? 'PostgreSQL' : `PostgreSQL ${version.split('.')[0]}`
    return (
      <EmptyState>
        {status === 'ready'
          ? `No problems. Checked by ${checked} just now.`
          : `No problems yet. ${checked} is at work.`}
      </EmptyState>
    )
  }
  return (
    <div className={styles.panel}>
      <div className={styles.left}>
        {problems.length >= filterFrom && (
          <div className={styles.filter}>
            <TextField
              icon="search"
              label="Filter problems"
              placeholder="Filter"
              value={filter}
              onChange={setFilter}
            />
          </div>
        )}
        <div className={styles.head} aria-hidden>
          <span />
          <span>Problem</span>
          <span>Object</span>
          <span>Found by</span>
          <span />
        </div>
        <div
          ref={list}
          className={styles.list}
          role="listbox"
          aria-label="Problems"
          aria-activedescendant={current ? `problem-${current.key}` : undefined}
          tabIndex={0}
          data-region-focus
          onKeyDown={onKeyDown}
        >
          {rows.map((row) => (
            <ProblemLine key={row.key} row={row} selected={row === current} onChoose={() => choose(row)} />
          ))}
          {rows.length === 0 && <EmptyState>Nothing matches "{filter}".</EmptyState>}
        </div>
      </div>
      {current && <ProblemDetail row={current} onApply={() => applyFix(current)} />}
    </div>
  )
}

function withFix(problem: Problem, document: SchemaDocument): Problem {
  const fix = fixFor(problem, document, newId)
  return fix ? { ...problem, fix } : problem
}

function applyFix(row: ProblemRow | undefined): void {
  const fix = row?.problem.fix
  if (fix) apply(fix)
}

interface ProblemLineProps {
  readonly row: ProblemRow
  readonly selected: boolean
  readonly onChoose: () => void
}

function ProblemLine({ row, selected, onChoose }: ProblemLineProps) {
  const { problem } = row
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles keys for the selected line
    // biome-ignore lint/a11y/useFocusableInteractive: the list is the one tab stop
    <div
      id={`problem-${row.key}`}
      role="option"
      aria-selected={selected}
      className={classNames(styles.line, selected && styles.on)}
      onClick={onChoose}
    >
      <Icon
        name={icons[problem.severity]}
        size={14}
        className={styles[problem.severity]}
        label={words[problem.severity]}
      />
      <span title={problem.message}>{problem.message}</span>
      <span title={row.place}>{row.place}</span>
      <small>{problem.source}</small>
      <span className={styles.fix}>
        {problem.fix && (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer only; Ctrl/⌘+. does the same
          // biome-ignore lint/a11y/useKeyWithClickEvents: for the pointer only; Ctrl/⌘+. does the same
          <span
            className={selected ? styles.fixButton : undefined}
            onClick={(event) => {
              event.stopPropagation()
              applyFix(row)
            }}
          >
            {problem.fix.title}
          </span>
        )}
      </span>
    </div>
  )
}
