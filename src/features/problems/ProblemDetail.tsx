import { saidByPostgres } from '../../core/model/problem.ts'
import { copyText } from '../../state/files.ts'
import { show } from '../../state/session-store.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeBlock } from '../../ui/code/CodeBlock.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { toast } from '../../ui/toast.ts'
import type { ProblemRow } from './problem-rows.ts'
import styles from './problems.module.css'

interface ProblemDetailProps {
  readonly row: ProblemRow
  readonly onApply: () => void
}

/** The chosen problem in PostgreSQL's words, and its fix as SQL before it is applied. */
export function ProblemDetail({ row, onApply }: ProblemDetailProps) {
  const { problem } = row
  const { fix, drift } = problem
  const text = drift?.text
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
      {drift && <ModelSide drift={drift} />}
      {!fix && problem.sql !== undefined && <CodeBlock text={problem.sql} className={styles.refused} />}
      <div className={styles.actions}>
        {fix && (
          <Button look="primary" onClick={onApply}>
            Apply fix
          </Button>
        )}
        {text != null && (
          <Button
            onClick={() => {
              void copyText(text).then((done) => done && toast('Code copied'))
            }}
          >
            Copy code
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

/** Where the model is defined, and what would be written there: a person's own file is never changed from here. */
function ModelSide({
  drift: { place, text, code },
}: {
  readonly drift: NonNullable<ProblemRow['problem']['drift']>
}) {
  return (
    <>
      {place && (
        <p className={styles.words}>
          Defined in {place.path}, line {place.line}.
        </p>
      )}
      {text !== null && (
        <>
          <p className={styles.words}>
            {code === 'model-refused' ? 'It would make:' : 'Or change the model:'}
          </p>
          <CodeBlock
            text={text}
            language={code === 'model-refused' ? 'sql' : 'json'}
            className={styles.refused}
          />
        </>
      )}
    </>
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
