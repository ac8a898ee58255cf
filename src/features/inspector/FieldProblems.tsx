import { useMemo } from 'react'
import { fixFor } from '../../core/commands/problem-fixes.ts'
import { setField } from '../../core/commands/set-field.ts'
import { fieldOf, readField } from '../../core/kinds/field-access.ts'
import { kindOf } from '../../core/kinds/registry.ts'
import { sameValue } from '../../core/model/equality.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import { isPgType } from '../../core/model/pg-type.ts'
import { type Problem, saidByPostgres } from '../../core/model/problem.ts'
import type { Schema } from '../../core/model/schema.ts'
import { applyFix } from '../../state/apply-fix.ts'
import { dispatch } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { useEngine } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './inspector.module.css'
import { showType } from './type-options.ts'

interface FieldProblemsProps {
  readonly object: ObjectBase
  /** The field's name; absent: problems of the object as a whole. */
  readonly name?: string
  readonly problems: readonly Problem[]
  readonly schema: Schema
}

const icons = {
  error: 'circle-x',
  warning: 'triangle-alert',
  info: 'info',
  blocked: 'circle-pause',
} as const

/** What is wrong, in PostgreSQL's words, and what can be done about it. */
export function FieldProblems({ object, name, problems, schema }: FieldProblemsProps) {
  return problems.map((problem) => (
    <div
      key={`${problem.code} ${problem.message}`}
      className={classNames(styles.problem, styles[problem.severity])}
      role="alert"
    >
      <div className={styles.problemHead}>
        <Icon name={icons[problem.severity]} size={13} />
        <span>{headline(problem, object, name)}</span>
        {saidByPostgres(problem) && <small>{problem.code}</small>}
      </div>
      <code>{problem.message}</code>
      {problem.detail && <code>Detail: {problem.detail}</code>}
      {problem.hint && <code>Hint: {problem.hint}</code>}
      <Cures object={object} name={name} problem={problem} schema={schema} />
    </div>
  ))
}

function headline(problem: Problem, object: ObjectBase, name: string | undefined): string {
  if (problem.severity === 'blocked') return 'Not tried'
  if (saidByPostgres(problem)) return `PostgreSQL refused ${whatWasRefused(object, name)}`
  return problem.source
}

/** "this type", "these columns". */
function whatWasRefused(object: ObjectBase, name: string | undefined): string {
  const kind = kindOf(object)
  const field = name === undefined ? undefined : fieldOf(kind, name)
  if (field?.editor.type === 'generated' || field?.editor.type === 'identity') return 'this value'
  const what = (field?.label ?? kind.label).toLowerCase()
  return field?.editor.type === 'columns' || field?.editor.type === 'index-keys'
    ? `these ${what}`
    : `this ${what}`
}

interface CuresProps {
  readonly object: ObjectBase
  readonly name: string | undefined
  readonly problem: Problem
  readonly schema: Schema
}

function Cures({ object, name, problem, schema }: CuresProps) {
  const accepted = useEngine((state) => state.canonical.get(object.id))
  const fix = useMemo(() => fixFor(problem, schema.document, newId), [problem, schema])
  const before = name === undefined || !accepted ? undefined : readField(accepted, name)
  const canGoBack =
    problem.severity === 'error' &&
    name !== undefined &&
    before !== undefined &&
    !sameValue(before, readField(object, name)) &&
    fieldOf(kindOf(object), name)?.valid(before) === true
  if (!fix && !canGoBack) return null
  return (
    <div className={styles.cures}>
      {fix && (
        <Button size="small" icon="wrench" onClick={() => applyFix(fix)}>
          {fix.title}
        </Button>
      )}
      {canGoBack && name !== undefined && (
        <Button
          look="link"
          onClick={() =>
            dispatch('Go back to what was accepted', (document) =>
              setField(document, { object: object.id, field: name, value: before }),
            )
          }
        >
          Back to {shown(before, schema)}
        </Button>
      )}
    </div>
  )
}

function shown(value: unknown, schema: Schema): string {
  if (isPgType(value)) return showType(value, schema)
  if (value === null) return 'none'
  return typeof value === 'string' && value.length <= 24 ? value : 'what was accepted'
}
