import { expressionsOf } from '../kinds/field-access.ts'
import { onlineOf } from '../kinds/online-forms.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import { identifiersIn } from '../sql/identifiers.ts'
import type { OnlineRendering } from './online-rendering.ts'
import type { Step } from './plan.ts'

/** Steps that may share a file, and the tables in use that they stop others from using. */
export interface LockRun {
  readonly steps: readonly Step[]
  readonly locks: ReadonlySet<ObjectId>
}

interface Run extends LockRun {
  readonly transactional: boolean
}

/** The files that steps fall into; null: in some file nobody knows how to bring back what a later one takes away. */
export type LockRuns = readonly LockRun[] | null

/**
 * Neighbouring steps that may share a file: all in one transaction that locks one table in use, or a single one outside
 * of transactions, so that a file that failed can run again.
 */
export function lockRuns(
  steps: readonly Step[],
  before: SchemaDocument,
  after: SchemaDocument,
  isInUse: OnlineRendering['isInUse'],
): LockRuns {
  const schema = schemaOf({ objects: new Map([...after.objects, ...before.objects]), diagram: after.diagram })
  const runs: { steps: Step[]; locks: Set<ObjectId>; transactional: boolean }[] = []
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
  return withKnownText(runs, before)

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

/**
 * How a view reads after its columns are renamed, or its tables moved, only PostgreSQL knows. Where it is dropped or
 * replaced after that, both share a transaction, so that no file has to bring it back in between.
 */
function withKnownText(runs: readonly Run[], before: SchemaDocument): LockRuns {
  const joined: Run[] = []
  for (const run of runs) {
    joined.push(run)
    const mentioned = new Set(run.steps.flatMap((step) => [...namesOutside(step, before)]))
    const first = joined.findIndex(({ steps }) =>
      steps.some((step) => renamedIn(step, before).some((name) => mentioned.has(name))),
    )
    const tail = first < 0 ? [] : joined.slice(first)
    if (tail.length < 2) continue
    if (tail.some(({ transactional }) => !transactional)) return null
    joined.splice(first, tail.length, {
      steps: tail.flatMap(({ steps }) => steps),
      locks: new Set(tail.flatMap(({ locks }) => [...locks])),
      transactional: true,
    })
  }
  return joined
}

/** What the expressions name of an object that is dropped or changed, other than what lies beside it. */
function namesOutside({ action, object: id }: Step, { objects }: SchemaDocument): ReadonlySet<string> {
  const object = action === 'rename' || action === 'move' ? undefined : objects.get(id)
  if (!object) return new Set()
  const parent = object.parent === null ? undefined : objects.get(object.parent)
  if (parent && !kindOf(parent).foundation) return new Set()
  const texts = expressionsOf(object, kindOf(object), () => true)
  return new Set(texts.flatMap((text) => identifiersIn(text).map(({ name }) => name)))
}

function renamedIn({ action, object: id }: Step, { objects }: SchemaDocument): readonly string[] {
  const object = objects.get(id)
  if (!object) return []
  const { mentionedBy } = kindOf(object)
  const isUnclear = action === 'move' ? mentionedBy === 'anything' : mentionedBy === 'siblings'
  return isUnclear && (action === 'move' || action === 'rename') ? [object.name] : []
}
