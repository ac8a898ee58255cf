import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { sameValue } from '../../core/model/equality.ts'
import type { ObjectId } from '../../core/model/object.ts'
import type { Problem, Severity } from '../../core/model/problem.ts'
import type { Schema } from '../../core/model/schema.ts'

export interface RowMark {
  readonly severity: Severity
  readonly message: string
}

/** What is wrong with a table, its columns and its other parts. */
export interface NodeMarks {
  readonly errors: number
  readonly warnings: number
  /** PostgreSQL has not tried it, since something it needs was refused. */
  readonly blocked: boolean
  readonly rows: Readonly<Record<ObjectId, RowMark>>
}

export const noMarks: NodeMarks = { errors: 0, warnings: 0, blocked: false, rows: {} }

/** Marks by table. A table whose marks did not change keeps the object it had. */
export function problemMarks(
  problems: readonly Problem[],
  schema: Schema,
  previous: ReadonlyMap<ObjectId, NodeMarks>,
): ReadonlyMap<ObjectId, NodeMarks> {
  const byTable = new Map<ObjectId, Problem[]>()
  for (const problem of problems) {
    const table = problem.object === undefined ? null : tableOf(problem.object, schema)
    if (table === null) continue
    const list = byTable.get(table)
    if (list) list.push(problem)
    else byTable.set(table, [problem])
  }
  const marks = new Map<ObjectId, NodeMarks>()
  for (const [table, list] of byTable) {
    const made = marksOf(list, schema)
    const known = previous.get(table)
    marks.set(table, known && sameValue(known, made) ? known : made)
  }
  return marks
}

function marksOf(problems: readonly Problem[], schema: Schema): NodeMarks {
  const rows: Record<ObjectId, RowMark> = {}
  for (const problem of problems) {
    for (const row of rowsOf(problem, schema)) {
      const present = rows[row]
      if (!present || rank(problem.severity) < rank(present.severity)) {
        rows[row] = { severity: problem.severity, message: problem.message }
      }
    }
  }
  return {
    errors: problems.filter((problem) => problem.severity === 'error').length,
    warnings: problems.filter((problem) => problem.severity === 'warning').length,
    blocked: problems.some((problem) => problem.severity === 'blocked'),
    rows,
  }
}

/** The columns that show a problem: the column itself, or those of a foreign key. */
function rowsOf(problem: Problem, schema: Schema): readonly ObjectId[] {
  const object = schema.get(problem.object ?? '')
  if (!object) return []
  if (isColumn(object)) return [object.id]
  return isForeignKey(object) ? object.columns : []
}

function rank(severity: Severity): number {
  return ['error', 'warning', 'blocked', 'info'].indexOf(severity)
}

/** The table or view that an object is drawn in. */
export function tableOf(id: ObjectId, schema: Schema): ObjectId | null {
  const object = schema.get(id)
  if (!object) return null
  if (object.kind === 'table' || object.kind === 'view') return object.id
  return object.parent === null ? null : tableOf(object.parent, schema)
}
