import { onlineOf } from '../kinds/online-forms.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import type { Step } from './plan.ts'
import type { OnlineRendering } from './render.ts'

/** Steps that may share a file, and the tables in use that they stop others from using. */
export interface LockRun {
  readonly steps: readonly Step[]
  readonly locks: ReadonlySet<ObjectId>
}

/**
 * Neighbouring steps that may share a file: all in one transaction that locks one table in use, or a single one outside
 * of transactions, so that a file that failed can run again.
 */
export function lockRuns(
  steps: readonly Step[],
  before: SchemaDocument,
  after: SchemaDocument,
  isInUse: OnlineRendering['isInUse'],
): readonly LockRun[] {
  const schema = schemaOf({ objects: new Map([...after.objects, ...before.objects]), diagram: after.diagram })
  const runs: { readonly steps: Step[]; readonly locks: Set<ObjectId>; readonly transactional: boolean }[] =
    []
  for (const step of steps) {
    const locks = lockedBy(step)
    const run = runs.at(-1)
    const union = new Set([...(run?.locks ?? []), ...locks])
    const sameLocks = run !== undefined && (union.size <= 1 || union.size === run.locks.size)
    if (run?.transactional && step.transactional && (sameLocks || locks.size === 0 || run.locks.size === 0)) {
      run.steps.push(step)
      for (const id of locks) run.locks.add(id)
    } else runs.push({ steps: [step], locks: new Set(locks), transactional: step.transactional })
  }
  return runs

  /** Tables in use that the step stops others from using. */
  function lockedBy(step: Step): ReadonlySet<ObjectId> {
    const object = before.objects.get(step.object) ?? after.objects.get(step.object)
    const others = object ? (onlineOf(object)?.alsoLocks?.(object) ?? []) : []
    const tables = [step.group, ...others].flatMap((id) => schema.get(id) ?? [])
    return new Set(tables.filter((table) => holdsRows(table) && isInUse(table, schema)).map(({ id }) => id))
  }

  function holdsRows(object: ObjectBase): boolean {
    return kindOf(object).dataIn?.(object, schema) != null
  }
}
