import { qualifiedNameOf } from '../../sql/names.ts'
import type { Online, OnlineContext, OnlineQuestion } from '../online.ts'
import { isOnPartitions } from '../partition-builds.ts'
import { addedWithProof, changedWithProof } from '../proven-constraint.ts'
import type { ForeignKey } from './foreign-key.kind.ts'

export const foreignKeyOnline: Online<ForeignKey> = {
  added: (key, context) => {
    if (context.target < 18 && isOnPartitions(key, context.to)) return readUnderLock(key, context)
    const early = key.columns.every((id) => context.from.get(id) === undefined)
    return addedWithProof(key, early, qualifiedNameOf(key.parent, context.to))
  },
  // New code may write what it forbade.
  removed: (key) => ({ edits: [{ stage: 'add', remove: [key.id] }] }),
  changed(from, to, fields, context) {
    const inPlace = ['name', 'comment', 'deferral', 'notValid']
    const isMade = fields.some((name) => !inPlace.includes(name)) || (to.notValid && !from.notValid)
    if (isMade && context.target < 18 && isOnPartitions(to, context.to)) return readUnderLock(to, context)
    if (isMade) return changedWithProof(from, to, context)
    return fields.includes('notValid') ? { edits: [{ stage: 'check', put: [to], stays: true }] } : null
  },
  alsoLocks: (key) => [key.referencedTable],
}

/** Before 18 no foreign key of a partitioned table can be NOT VALID (docs ALTER TABLE of 17). */
function readUnderLock({ name, parent }: ForeignKey, { to, target }: OnlineContext): OnlineQuestion {
  return {
    asks: 'accept',
    message: `Nobody can write to ${qualifiedNameOf(parent, to)} while its rows are checked for ${name}: PostgreSQL ${target} cannot check those of a partitioned table afterwards.`,
    hint: 'Accept the simple way for this change, in a quiet hour, or raise the target version to 18.',
  }
}
