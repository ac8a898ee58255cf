import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import { deferredReferences } from './deferred.ts'
import { dependenciesOf } from './dependencies.ts'
import type { SettledSchema } from './plan-migration.ts'
import { groupOf } from './scopes.ts'
import { withDescendants } from './successions.ts'

interface Ends {
  readonly from: SettledSchema
  readonly to: SettledSchema
}

/** Leaves out of two schemas what no change between them can reach. */
export type Narrow = (ends: Ends) => Ends

/**
 * For schemas that hold nothing but what these two do, in versions that refer to nothing else: of a large schema a part
 * of a plan changes a few objects, and planning it on their neighbourhood gives the same steps in less time.
 */
export function narrowedWithin(before: SettledSchema, after: SettledSchema): Narrow {
  const known = new Map([...before.written.objects, ...after.written.objects])
  const schema = schemaOf({ objects: known, diagram: after.written.diagram })
  const dependencies = [before, after].map((side) => dependenciesOf(side.written, side.canonical))
  const deferredUsers = new Map<ObjectId, ObjectId[]>()
  const namesakes = new Map<string, ObjectId[]>()
  const always: ObjectId[] = []
  for (const object of [before, after].flatMap(({ written }) => [...written.objects.values()])) {
    const { foundation, withhold, mentionedBy } = kindOf(object)
    if (foundation || withhold) always.push(object.id)
    if (mentionedBy === 'anything') listed(namesakes, object.name).push(object.id)
    for (const id of deferredReferences(object)) listed(deferredUsers, id).push(object.id)
  }
  const versionsOf = (id: ObjectId): readonly ObjectBase[] =>
    [before, after].flatMap(({ written }) => written.objects.get(id) ?? [])
  const usersOf = (id: ObjectId) => [
    ...dependencies.flatMap(({ dependents }) => [...dependents(id)]),
    ...(deferredUsers.get(id) ?? []),
  ]
  const groupIdOf = (id: ObjectId): ObjectId => {
    const object = schema.get(id)
    return object ? groupOf(object, schema).id : id
  }
  const neededBy = (id: ObjectId) => [
    ...dependencies.flatMap(({ strong, weak }) => [...strong(id), ...weak(id)]),
    ...versionsOf(id).flatMap((object) => [
      ...deferredReferences(object),
      ...(namesakes.get(object.name) ?? []),
    ]),
  ]
  return (ends) => {
    const changed = changedBetween(ends)
    const groups = [...new Set(changed.map(groupIdOf))]
    // A change of a part may disturb what uses the whole: a column of a composite type, the views over the type.
    const reached = closure([...changed, ...groups.flatMap(usersOf)], usersOf)
    const members = groups.flatMap((group) => withDescendants(group, schema))
    const near = closure([...always, ...reached, ...members], neededBy)
    if (near.size === known.size) return ends
    const isNear = (id: ObjectId) => near.has(id)
    return { from: only(ends.from, isNear), to: only(ends.to, isNear) }
  }
}

function listed<K>(lists: Map<K, ObjectId[]>, key: K): ObjectId[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

function changedBetween({ from, to }: Ends): readonly ObjectId[] {
  const isChanged = (id: ObjectId) =>
    from.written.objects.get(id) !== to.written.objects.get(id) ||
    from.canonical.objects.get(id) !== to.canonical.objects.get(id)
  const gone = [...from.written.objects.keys()].filter((id) => !to.written.objects.has(id))
  return [...gone, ...[...to.written.objects.keys()].filter(isChanged)]
}

/** These and all that follows from them. */
function closure(
  start: readonly ObjectId[],
  next: (id: ObjectId) => readonly ObjectId[],
): ReadonlySet<ObjectId> {
  const found = new Set(start)
  for (const id of found) for (const more of next(id)) found.add(more)
  return found
}

/** The schema without its other objects. */
export function only(schema: SettledSchema, isKept: (id: ObjectId) => boolean): SettledSchema {
  const less = ({ objects, diagram }: SchemaDocument): SchemaDocument => ({
    objects: new Map([...objects].filter(([id]) => isKept(id))),
    diagram,
  })
  return { written: less(schema.written), canonical: less(schema.canonical) }
}
