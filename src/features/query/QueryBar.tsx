import { useRef, useState } from 'react'
import type { Progress } from '../../state/database.ts'
import { cancelQuery, type QueryRun } from '../../state/query-store.ts'
import { insertSampleRows } from '../../state/sample-rows.ts'
import { useEngine } from '../../state/use-stores.ts'
import { Bar, BarText, Space } from '../../ui/Bar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './query.module.css'

interface QueryBarProps {
  readonly run: QueryRun | undefined
  readonly onRun: () => void
}

const rowsPerTable = 20

/** Run and cancel, sample rows, and what the last run came to. */
export function QueryBar({ run, onRun }: QueryBarProps) {
  const isReady = useEngine((state) => state.status !== 'starting' && state.status !== 'failed')
  const [filling, setFilling] = useState<Progress | null>(null)
  const abort = useRef<AbortController | null>(null)
  const fill = async () => {
    abort.current = new AbortController()
    setFilling({ done: 0, total: 0, phase: 'Filling tables' })
    try {
      const outcomes = await insertSampleRows(rowsPerTable, {
        onProgress: setFilling,
        signal: abort.current.signal,
      })
      const total = outcomes.reduce((sum, outcome) => sum + outcome.inserted, 0)
      const short = outcomes.filter((outcome) => outcome.refusal !== null && outcome.inserted < rowsPerTable)
      toast(`${total} sample rows in ${outcomes.length} tables`, {
        ...(short.length === 0
          ? {}
          : {
              description: short.map((each) => `${each.table}: ${each.inserted}. ${each.refusal}`).join('\n'),
            }),
      })
    } catch (error) {
      toast('No sample rows', {
        description: error instanceof Error ? error.message : String(error),
        error: true,
      })
    } finally {
      setFilling(null)
    }
  }
  return (
    <Bar between>
      {run?.running ? (
        <Button look="primary" icon="square" onClick={cancelQuery}>
          Cancel
        </Button>
      ) : (
        <Button look="primary" icon="play" disabled={!isReady} onClick={onRun}>
          Run
          <span className={styles.key}>
            <Kbd keys="Mod+Enter" />
          </span>
        </Button>
      )}
      {filling ? (
        <Button onClick={() => abort.current?.abort()}>
          <Spinner /> {filling.phase}
        </Button>
      ) : (
        <Button disabled={!isReady || run?.running === true} onClick={() => void fill()}>
          Insert sample rows
        </Button>
      )}
      <Space />
      <BarText live>{run ? summary(run) : ''}</BarText>
    </Bar>
  )
}

function summary({ running, outcome, failure, milliseconds }: QueryRun): string {
  if (running) return 'Running'
  if (failure !== null) return failure
  if (!outcome) return ''
  if (outcome.problem) return `Stopped after ${time(milliseconds)}`
  const last = outcome.results.at(-1)
  const rows =
    last && last.fields.length > 0
      ? `${last.rowCount} ${last.rowCount === 1 ? 'row' : 'rows'}`
      : last?.command
  return `${rows ?? 'Nothing to run'} in ${time(last?.milliseconds ?? milliseconds)}`
}

function time(milliseconds: number): string {
  return milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`
}
