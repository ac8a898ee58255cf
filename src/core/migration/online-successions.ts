import type { OnlineContext, OnlineQuestion, OnlineWay } from '../kinds/online.ts'
import { onlineOf } from '../kinds/online-forms.ts'
import { nounOf } from '../kinds/registry.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import type { Side } from './side.ts'
import { successionsBetween, withDescendants } from './successions.ts'

/** Changes that are one step: what becomes another object, or hands its rows over, and all that lives in both. */
export interface Recasting {
  /** What is made or dropped by that step. */
  readonly ids: ReadonlySet<ObjectId>
  /** By new object, how the old one becomes it while both are used. */
  readonly ways: ReadonlyMap<ObjectId, OnlineWay>
  /** By new object: nobody can use it meanwhile. */
  readonly questions: ReadonlyMap<ObjectId, OnlineQuestion>
}

export function recastingBetween(from: Side, to: Side, context: OnlineContext): Recasting {
  const { heirs, becoming, known } = successionsBetween(from, to)
  const [before, after] = [schemaOf(from.written), schemaOf(to.written)]
  const ids = new Set<ObjectId>()
  const ways = new Map<ObjectId, OnlineWay>()
  const questions = new Map<ObjectId, OnlineQuestion>()
  for (const [id, alias] of heirs) {
    const [old, next] = [before.get(known(alias)), after.get(id)]
    if (!old || !next || old.kind === next.kind) continue
    for (const part of [...withDescendants(old.id, before), ...withDescendants(next.id, after)]) ids.add(part)
    const way = becoming.has(id) ? onlineOf(next)?.becomes?.(old, next, context) : null
    if (way) ways.set(id, way)
    else questions.set(id, question(old, next, becoming.has(id)))
  }
  return { ids, ways, questions }
}

function question(old: ObjectBase, next: ObjectBase, inPlace: boolean): OnlineQuestion {
  const what = `${old.name} is a ${nounOf(old)} and becomes a ${nounOf(next)}`
  const how = inPlace ? 'its rows are checked and its keys and indexes made anew' : 'every row moves'
  return {
    asks: 'accept',
    message: `${what}: nobody can use it while ${how}.`,
    hint: 'Accept the simple way for this change, in a quiet hour.',
  }
}
