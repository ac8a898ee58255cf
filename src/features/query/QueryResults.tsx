import { useState } from 'react'
import { resultInserts } from '../../core/export/result-inserts.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { QueryResult } from '../../state/database.ts'
import { copyText, download } from '../../state/files.ts'
import type { QueryRun } from '../../state/query-store.ts'
import { Space } from '../../ui/Bar.tsx'
import { DataGrid } from '../../ui/data-grid/DataGrid.tsx'
import { commaSeparated, tabSeparated } from '../../ui/data-grid/grid-data.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { shortcutText } from '../../ui/shortcut-text.ts'
import { toast } from '../../ui/toast.ts'
import styles from './query.module.css'

/** Rows and messages of the last run. */
export function QueryResults({ run }: { readonly run: QueryRun | undefined }) {
  const [view, setView] = useState<'results' | 'messages'>('results')
  const [chosen, setChosen] = useState<{ readonly run: QueryRun; readonly index: number } | null>(null)
  const outcome = run?.outcome
  if (!run || !outcome) {
    return (
      <EmptyState>
        {run?.failure ??
          (run?.running ? 'Running.' : `Run the query to see rows. (${shortcutText('Mod+Enter')})`)}
      </EmptyState>
    )
  }
  const withRows = outcome.results.filter((result) => result.fields.length > 0)
  const at = chosen?.run === run ? chosen.index : withRows.length - 1
  const result = withRows[at]
  return (
    <div className={styles.results}>
      <div className={styles.head}>
        <SegmentedControl
          label="What to show"
          value={view}
          segments={[
            { value: 'results', label: 'Results' },
            { value: 'messages', label: messageLabel(outcome.notices.length + outcome.results.length) },
          ]}
          onChange={setView}
        />
        {withRows.length > 1 && (
          <div className={styles.choice}>
            <Select
              label="Result"
              value={String(at)}
              options={withRows.map((each, index) => ({
                value: String(index),
                label: `${index + 1}: ${each.command}`,
              }))}
              onChange={(index) => setChosen({ run, index: Number(index) })}
            />
          </div>
        )}
        <Space />
        {view === 'results' && result && <ResultTools result={result} sql={run.sql} />}
      </div>
      <div className={styles.body}>
        {outcome.problem && <RunProblem problem={outcome.problem} />}
        {view === 'messages' ? <Messages run={run} /> : <Rows result={result} run={run} index={at} />}
      </div>
    </div>
  )
}

function messageLabel(count: number): string {
  return count === 0 ? 'Messages' : `Messages ${count}`
}

interface RowsProps {
  readonly result: QueryResult | undefined
  readonly run: QueryRun
  readonly index: number
}

function Rows({ result, run, index }: RowsProps) {
  if (!result) {
    if (run.outcome?.problem) return null
    const last = run.outcome?.results.at(-1)
    return <EmptyState>{last ? `${last.command}. No rows to show.` : 'Nothing was run.'}</EmptyState>
  }
  if (result.rows.length === 0) return <EmptyState>The query returned no rows.</EmptyState>
  return (
    <DataGrid
      key={`${run.sql} ${index} ${run.milliseconds}`}
      label="Rows"
      columns={result.fields}
      rows={result.rows}
      onCopy={copy}
    />
  )
}

async function copy(text: string): Promise<void> {
  if (!(await copyText(text))) toast('The browser refused the clipboard', { error: true })
}

function ResultTools({ result, sql }: { readonly result: QueryResult; readonly sql: string }) {
  const { rows, fields, truncated, rowCount } = result
  const shown = truncated
    ? `The first ${rows.length} rows`
    : rows.length === 0
      ? '0 rows'
      : `Rows 1 to ${rowCount}`
  return (
    <>
      <small>{shown}</small>
      <IconButton
        icon="file-code"
        label="Copy rows as INSERT"
        disabled={rows.length === 0}
        onClick={() => copy(resultInserts(sql, fields, rows))}
      />
      <IconButton
        icon="copy"
        label="Copy all rows"
        onClick={() =>
          copy(
            [
              fields.map((field) => field.name).join('\t'),
              tabSeparated(rows, { top: 0, bottom: rows.length - 1, left: 0, right: fields.length - 1 }),
            ].join('\n'),
          )
        }
      />
      <IconButton
        icon="download"
        label="Save as CSV"
        onClick={() => download('rows.csv', commaSeparated(fields, rows), 'text/csv')}
      />
    </>
  )
}

function RunProblem({ problem }: { readonly problem: Problem }) {
  return (
    <div className={styles.problem} role="alert">
      <div>
        <Icon name="circle-x" size={13} />
        <span>PostgreSQL refused this query</span>
        <small>{problem.code}</small>
      </div>
      <code>{problem.message}</code>
      {problem.detail && <code>Detail: {problem.detail}</code>}
      {problem.hint && <code>Hint: {problem.hint}</code>}
    </div>
  )
}

function Messages({ run }: { readonly run: QueryRun }) {
  const { results = [], notices = [] } = run.outcome ?? {}
  if (results.length + notices.length === 0) return <EmptyState>No messages.</EmptyState>
  return (
    <ul className={styles.messages}>
      {results.map((result, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a result is its place
        <li key={`result ${index}`}>
          <code>{result.command}</code>
          <small>{result.milliseconds.toFixed(1)} ms</small>
        </li>
      ))}
      {notices.map((notice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a notice is its place
        <li key={`notice ${index}`}>
          <code>{notice}</code>
        </li>
      ))}
    </ul>
  )
}
