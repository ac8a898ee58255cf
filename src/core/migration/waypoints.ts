import { objectWithIds } from '../diff/align-documents.ts'
import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { type Fill, type Stage, stages } from '../kinds/online.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { followedIn } from './followed-renames.ts'
import type { OnlineChange } from './online-changes.ts'
import type { SettledSchema } from './plan-migration.ts'

/** What each written object looks like in PostgreSQL's print. */
export type Prints = Map<ObjectBase, ObjectBase>

/** From one schema of the way to the next. */
export interface Leg {
  readonly stage: Stage
  readonly before: SettledSchema
  readonly after: SettledSchema
  readonly adopts: ReadonlyMap<ObjectId, ObjectId>
  readonly apart: ReadonlySet<ObjectId>
  readonly fills: readonly Fill[]
  readonly fillsBack: readonly Fill[]
  /** What undoing leaves as it is. */
  readonly staying: ReadonlySet<ObjectId>
}

/** The schemas that the changes lead through: each stage applies its edits to what the one before it left. */
export function legsOf(
  from: SchemaDocument,
  to: SchemaDocument,
  changes: readonly OnlineChange[],
  prints: Prints,
): readonly Leg[] {
  const legs: Leg[] = []
  let current: ReadonlyMap<ObjectId, ObjectBase> = from.objects
  const settled = (objects: ReadonlyMap<ObjectId, ObjectBase>): SettledSchema => ({
    written: { objects, diagram: to.diagram },
    canonical: {
      objects: new Map([...objects].map(([id, object]) => [id, prints.get(object) ?? printOf(object)])),
      diagram: to.diagram,
    },
  })
  /** Of an object between the two: each field as in the end whose value it has. */
  const printOf = (object: ObjectBase): ObjectBase =>
    fieldsOf(kindOf(object)).reduce((result, [name]) => {
      const end = [to, from]
        .flatMap((document) => document.objects.get(object.id) ?? [])
        .find(
          (known) => known.kind === object.kind && sameValue(readField(known, name), readField(object, name)),
        )
      const print = end && prints.get(end)
      return print ? withField(result, name, readField(print, name)) : result
    }, object)
  /** What nobody touches follows the names around it. */
  const follow = (before: ReadonlyMap<ObjectId, ObjectBase>, after: Map<ObjectId, ObjectBase>) => {
    const following = followedIn(before, after)
    for (const [id, object] of after) {
      if (before.get(id) !== object) continue
      const followed = following(object, object)
      if (followed === object) continue
      const print = prints.get(object)
      if (print) prints.set(followed, following(print, print))
      after.set(id, followed)
    }
  }
  for (const stage of stages) {
    const edits = changes.flatMap((change) => change.edits.filter((edit) => edit.stage === stage))
    const isLast = stage === 'finish'
    if (edits.length === 0 && !isLast) continue
    const becomes = new Map(edits.flatMap((edit) => [...(edit.becomes ?? [])]))
    const before = reidentified(current, becomes, prints)
    const after = new Map(before)
    for (const { remove = [] } of edits) for (const id of remove) removeWhole(after, id)
    for (const { put = [] } of edits) for (const object of put) after.set(object.id, object)
    follow(before, after)
    const end = isLast ? to.objects : after
    legs.push({
      stage,
      before: settled(before),
      after: settled(end),
      adopts: new Map(edits.flatMap((edit) => [...(edit.adopts ?? [])])),
      apart: new Set(edits.flatMap((edit) => edit.apart ?? [])),
      fills: edits.flatMap((edit) => edit.fill ?? []),
      fillsBack: edits.flatMap((edit) => edit.fillBack ?? []),
      staying: new Set(edits.flatMap((edit) => (edit.stays ? (edit.put ?? []).map(({ id }) => id) : []))),
    })
    current = end
  }
  return legs
}

function removeWhole(objects: Map<ObjectId, ObjectBase>, id: ObjectId): void {
  objects.delete(id)
  for (const object of [...objects.values()]) if (object.parent === id) removeWhole(objects, object.id)
}

/** The same database, some objects known by other ids. */
function reidentified(
  objects: ReadonlyMap<ObjectId, ObjectBase>,
  becomes: ReadonlyMap<ObjectId, ObjectId>,
  prints: Prints,
): ReadonlyMap<ObjectId, ObjectBase> {
  if (becomes.size === 0) return objects
  const result = new Map<ObjectId, ObjectBase>()
  for (const object of objects.values()) {
    let isTouched = becomes.has(object.id)
    const exchange = (id: ObjectId): ObjectId => {
      const next = becomes.get(id)
      if (next !== undefined) isTouched = true
      return next ?? id
    }
    const renewed = objectWithIds(object, exchange)
    if (!isTouched) {
      result.set(object.id, object)
      continue
    }
    const print = prints.get(object)
    if (print) prints.set(renewed, objectWithIds(print, exchange))
    result.set(renewed.id, renewed)
  }
  return result
}
