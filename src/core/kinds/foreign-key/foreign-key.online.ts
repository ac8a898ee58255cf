import { qualifiedNameOf } from '../../sql/names.ts'
import type { Online } from '../online.ts'
import { addedWithProof, changedWithProof } from '../proven-constraint.ts'
import type { ForeignKey } from './foreign-key.kind.ts'

export const foreignKeyOnline: Online<ForeignKey> = {
  added: (key, context) => {
    const early = key.columns.every((id) => context.from.get(id) === undefined)
    return addedWithProof(key, early, qualifiedNameOf(key.parent, context.to))
  },
  // New code may write what it forbade.
  removed: (key) => ({ edits: [{ stage: 'add', remove: [key.id] }] }),
  changed(from, to, fields, context) {
    const inPlace = ['name', 'comment', 'deferral', 'notValid']
    if (fields.some((name) => !inPlace.includes(name)) || (to.notValid && !from.notValid))
      return changedWithProof(from, to, context)
    return fields.includes('notValid') ? { edits: [{ stage: 'check', put: [to], stays: true }] } : null
  },
  alsoLocks: (key) => [key.referencedTable],
}
