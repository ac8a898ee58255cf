import { saidByPostgres } from '../../core/model/problem.ts'
import { show } from '../../state/session-store.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeBlock } from '../../ui/code/CodeBlock.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import type { ProblemRow } from './problem-rows.ts'
import styles from './problems.module.css'

interface ProblemDetailProps {
  readonly row: ProblemRow
  readonly onApply: () => void
}

/** The chosen problem in PostgreSQL's words, and its fix as SQL before it is applied. */
export function ProblemDetail({ row, onApply }: ProblemDetailProps) {
  const { problem } = row
  const { fix } = problem
  return (
    <aside className={styles.detail} aria-label="Problem">
      <h3>{fix ? `Fix: ${fix.title.charAt(0).toLowerCase()}${fix.title.slice(1)}` : problem.source}</h3>
      {fix?.sql !== undefined && <CodeBlock text={fix.sql} added={addedLines(fix.sql, problem.sql)} />}
      <p className={styles.words}>
        <code>{problem.message}</code>
        {problem.detail && <code>Detail: {problem.detail}</code>}
        {problem.hint && <code>Hint: {problem.hint}</code>}
        {saidByPostgres(problem) && <small>SQLSTATE {problem.code}</small>}
      </p>
      {!fix && problem.sql !== undefined && <CodeBlock text={problem.sql} className={styles.refused} />}
      <div className={styles.actions}>
        {fix && (
          <Button look="primary" onClick={onApply}>
            Apply fix
          </Button>
        )}
        {row.objects.length > 0 && <Button onClick={() => show(row.objects)}>Show on diagram</Button>}
        {fix && (
          <span className={styles.key}>
            <Kbd keys="Mod+." />
          </span>
        )}
      </div>
    </aside>
  )
}

/** The lines of the fix that the refused statement did not have. */
function addedLines(fixed: string, refused: string | undefined): readonly number[] {
  if (refused === undefined) return []
  const before = new Set(refused.split('\n').map((line) => line.trim().replace(/;$/, '')))
  const lines = fixed.split('\n').map((line) => line.trim().replace(/;$/, ''))
  const added = lines.flatMap((line, index) => (before.has(line) ? [] : [index]))
  return added.length === lines.length ? [] : added
}
