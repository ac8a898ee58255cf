import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase } from '../model/object.ts'
import type { Problem } from '../model/problem.ts'
import { withoutLostReferences } from './deferred.ts'
import { followedIn } from './followed-renames.ts'
import type { PlanPart, Step } from './plan.ts'
import { type PlannedChanges, planChanges } from './plan-changes.ts'
import type { SettledSchema } from './plan-migration.ts'
import { transactionRuns } from './transaction-runs.ts'

/**
 * Parts of the way up that each fit one transaction, or none, with a way back of their own: undoing the last alone
 * leaves the schema that the part before it made. Null when one part is enough or a part has no way back alone.
 */
export function planParts(
  from: SettledSchema,
  to: SettledSchema,
  up: readonly Step[],
): readonly PlanPart[] | null {
  const runs = transactionRuns(up)
  if (runs.length <= 1) return null
  const { parts, refusals } = partsOf(from, to, runs, (after, before) =>
    planChanges(after.written, before.written, {
      canonical: { from: after.canonical, to: before.canonical },
      restoring: true,
    }),
  )
  return refusals.length > 0 ? null : parts
}

/** The runs with the way back of each, as `downBetween` plans it from the schema after a run to the one before it. */
export function partsOf(
  from: SettledSchema,
  to: SettledSchema,
  runs: readonly (readonly Step[])[],
  downBetween: (after: SettledSchema, before: SettledSchema) => PlannedChanges,
): { readonly parts: readonly PlanPart[]; readonly refusals: readonly Problem[] } {
  const parts: PlanPart[] = []
  let before = from
  for (const [index, run] of runs.entries()) {
    const after = index === runs.length - 1 ? to : schemaAfter(before, run, from, to)
    const down = downBetween(after, before)
    if (down.refusals.length > 0) return { parts: [], refusals: down.refusals }
    parts.push({ up: run, down: down.steps })
    before = after
  }
  return { parts, refusals: [] }
}

function schemaAfter(
  before: SettledSchema,
  steps: readonly Step[],
  from: SettledSchema,
  to: SettledSchema,
): SettledSchema {
  const objects = new Map(before.written.objects)
  for (const { puts, removes } of steps) {
    for (const id of removes) objects.delete(id)
    for (const object of puts) objects.set(object.id, object)
  }
  if (steps.some(({ removes }) => removes.length > 0)) {
    for (const [id, object] of objects)
      objects.set(
        id,
        withoutLostReferences(object, (other) => objects.has(other)),
      )
  }
  const following = followedIn(before.written.objects, objects)
  for (const [id, object] of objects) {
    const was = before.written.objects.get(id)
    if (was) objects.set(id, following(object, was))
  }
  const written: SchemaDocument = { objects, diagram: before.written.diagram }
  const canonical = new Map(
    [...objects].map(([id, object]) => {
      const known = before.written.objects.get(id) === object ? before.canonical.objects.get(id) : undefined
      return [id, known ?? printed(object, from, to)]
    }),
  )
  return { written, canonical: { objects: canonical, diagram: written.diagram } }
}

/**
 * Each field as PostgreSQL printed it at the end or at the start, whichever the object agrees with by then. What only
 * the catalogue knows goes with the expressions that it follows from.
 */
function printed(object: ObjectBase, from: SettledSchema, to: SettledSchema): ObjectBase {
  const fields = fieldsOf(kindOf(object))
  const expressions = fields.flatMap(([name, field]) => (field.expressions ? [name] : []))
  return fields.reduce((result, [name, field]) => {
    for (const side of [to, from]) {
      const written = side.written.objects.get(object.id)
      const canonical = side.canonical.objects.get(object.id)
      if (!written || !canonical || written.kind !== object.kind) continue
      const telling = field.derived ? expressions : [name]
      if (!telling.every((part) => sameValue(readField(written, part), readField(object, part)))) continue
      return withField(result, name, readField(canonical, name))
    }
    return result
  }, object)
}
