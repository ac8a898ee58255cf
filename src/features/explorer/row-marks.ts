import type { Change } from '../../core/diff/change.ts'
import type { ObjectId } from '../../core/model/object.ts'
import type { Problem, Severity } from '../../core/model/problem.ts'
import type { Schema } from '../../core/model/schema.ts'

/** What a line says beside its name about the object and all that lives in it. */
export interface RowMarks {
  readonly severity: Severity | null
  readonly change: { readonly sign: '+' | '~' | '−'; readonly count: number } | null
}

/** Marks by object, for those that have any. */
export function rowMarks(
  problems: readonly Problem[],
  changes: readonly Change[],
  schema: Schema,
): ReadonlyMap<ObjectId, RowMarks> {
  const marks = new Map<ObjectId, RowMarks>()
  const update = (id: ObjectId, change: (marks: RowMarks) => RowMarks) => {
    marks.set(id, change(marks.get(id) ?? { severity: null, change: null }))
  }
  for (const { object, severity } of problems) {
    for (const id of wayUp(object ?? null, schema)) {
      update(id, (old) => ({ ...old, severity: worse(old.severity, severity) }))
    }
  }
  for (const change of changes) {
    const sign = signs[change.type]
    const start = change.type === 'removed' ? change.from.parent : change.id
    for (const id of wayUp(start, schema)) {
      update(id, (old) => ({
        ...old,
        change: {
          sign: old.change && old.change.sign !== sign ? '~' : sign,
          count: (old.change?.count ?? 0) + 1,
        },
      }))
    }
  }
  return marks
}

const signs = { added: '+', changed: '~', removed: '−' } as const

const ranks: readonly Severity[] = ['info', 'blocked', 'warning', 'error']

function worse(a: Severity | null, b: Severity): Severity {
  return a !== null && ranks.indexOf(a) > ranks.indexOf(b) ? a : b
}

/** The object and what it lives in, without the schema at the top. */
function wayUp(start: ObjectId | null, schema: Schema): readonly ObjectId[] {
  const ids: ObjectId[] = []
  let at = start === null ? undefined : schema.get(start)
  while (at && (at.parent !== null || ids.length === 0)) {
    ids.push(at.id)
    at = at.parent === null ? undefined : schema.get(at.parent)
  }
  return ids
}
