import type { ObjectBase } from '../../model/object.ts'
import { qualifiedName } from '../../sql/names.ts'
import { isIndex } from '../index/index.kind.ts'
import type { Online, OnlineContext } from '../online.ts'
import type { MaterializedView } from './materialized-view.kind.ts'

/** Kinds that say something of it and follow it. */
const attributes: readonly string[] = ['grant', 'owner']

/** Fields whose change fills it anew. */
const remaking: readonly string[] = ['query', 'tablespace', 'accessMethod']

export const materializedViewOnline: Online<MaterializedView> = {
  /** Another query runs beside, or the same into another place, under a name of its own; once its indexes are built the two change places. */
  changed(from, to, fields, context) {
    const field = fields.find((name) => remaking.includes(name))
    if (field === undefined) return null
    const user = context.users(from.id).find(({ kind }) => !attributes.includes(kind))
    if (user) {
      return {
        asks: 'accept',
        field,
        message: `${user.name} rests on ${qualifiedName(from, context.from)}: both are made anew, and nobody can read them meanwhile.`,
        hint: 'Accept the simple way for this change, in a quiet hour.',
      }
    }
    const fresh = besides(to, context)
    const indexes = context.to.childrenOf(to.id, isIndex)
    const copies = indexes.map((index) => besides({ ...index, parent: fresh.id }, context))
    const before = context.from.childrenOf(from.id, isIndex)
    return {
      edits: [
        { stage: 'guard', put: [fresh, ...copies] },
        {
          stage: 'finish',
          becomes: new Map([
            ...[from, ...before].map(({ id }) => [id, `${id}~old`] as const),
            ...[to, ...indexes].map(({ id }) => [`${id}~new`, id] as const),
          ]),
          put: [to, ...indexes],
          remove: [`${from.id}~old`],
        },
      ],
      gates: { contract: `Deploy code that reads what ${qualifiedName(to, context.to)} will show.` },
    }
  },
}

function besides<T extends ObjectBase>(object: T, context: OnlineContext): T {
  return context.like(object, (one) => ({
    ...one,
    id: `${one.id}~new`,
    name: context.spareName(one.name, 'new'),
  }))
}
