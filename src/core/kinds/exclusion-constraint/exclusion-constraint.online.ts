import { qualifiedNameOf } from '../../sql/names.ts'
import type { Online, OnlineQuestion } from '../online.ts'
import type { ExclusionConstraint } from './exclusion-constraint.kind.ts'

const inPlace: readonly string[] = ['name', 'comment']

/** PostgreSQL builds its index only together with it, and takes no index that is there (docs ALTER TABLE). */
export const exclusionConstraintOnline: Online<ExclusionConstraint> = {
  added: (constraint, context) => builtUnderLock(constraint, qualifiedNameOf(constraint.parent, context.to)),
  // New code may write what it forbade.
  removed: (constraint) => ({ edits: [{ stage: 'add', remove: [constraint.id] }] }),
  changed: (_from, to, fields, context) =>
    fields.every((name) => inPlace.includes(name))
      ? null
      : builtUnderLock(to, qualifiedNameOf(to.parent, context.to)),
}

function builtUnderLock({ name }: ExclusionConstraint, table: string): OnlineQuestion {
  return {
    asks: 'accept',
    message: `Nobody can read or write ${table} while the index of ${name} is built: PostgreSQL has no other way to make an exclusion constraint.`,
    hint: 'Accept the simple way for this change, in a quiet hour.',
  }
}
