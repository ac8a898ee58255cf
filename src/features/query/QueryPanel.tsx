import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { projectStore } from '../../state/project-store.ts'
import { addQuery, changeQuery, queryStore, runQuery } from '../../state/query-store.ts'
import { useProject, useSchema } from '../../state/use-stores.ts'
import { SqlEditor } from '../../ui/monaco/SqlEditor.tsx'
import type { CodeMarker, RunRequest } from '../../ui/monaco/use-code-editor.ts'
import { QueryBar } from './QueryBar.tsx'
import { QueryResults } from './QueryResults.tsx'
import { QueryTabs } from './QueryTabs.tsx'
import styles from './query.module.css'
import { queryCompletions } from './query-completions.ts'
import { sampleQueries } from './sample-queries.ts'

/** SQL typed by hand, run on the live copy of the drawn schema. */
export function QueryPanel() {
  const schema = useSchema()
  const queries = useProject((state) => state.queries)
  const tab = useStore(queryStore, (state) => state.tab)
  const run = useStore(queryStore, (state) => state.runs.get(state.tab))
  const request = useRef<RunRequest | null>(null)
  const query = queries[tab] ?? queries[0]
  const completions = useMemo(() => {
    const list = queryCompletions(schema)
    return () => list
  }, [schema])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab has another selection
  useEffect(() => {
    request.current = null
  }, [tab])
  useEffect(() => {
    const { id, saving } = projectStore.getState()
    if (id === null || saving === 'read-only' || projectStore.getState().queries.length > 0) return
    for (const { name, sql } of sampleQueries(schema)) addQuery({ name, sql })
    queryStore.setState({ tab: 0 })
  }, [schema])

  const problem = run?.outcome?.problem
  const markers = useMemo(
    (): readonly CodeMarker[] =>
      problem?.position === undefined
        ? []
        : [
            {
              message: problem.message,
              severity: 'error',
              position: problem.position + (run?.offset ?? 0),
            },
          ],
    [problem, run],
  )
  if (!query) return null
  const start = ({ text, offset }: RunRequest) => void runQuery(tab, text, offset)
  return (
    <div className={styles.panel}>
      <QueryTabs />
      <div className={styles.editor}>
        <SqlEditor
          key={`${tab} ${queries.length}`}
          label={`SQL of ${query.name}`}
          value={query.sql}
          placeholder="SELECT …"
          markers={markers}
          completions={completions}
          onChange={(sql) => changeQuery(tab, { sql })}
          onSelect={(selected) => {
            request.current = selected
          }}
          onRun={start}
        />
      </div>
      <QueryBar
        run={run}
        onRun={() => {
          const selected = request.current
          start(selected && query.sql.includes(selected.text) ? selected : { text: query.sql, offset: 0 })
        }}
      />
      <QueryResults run={run} />
    </div>
  )
}
