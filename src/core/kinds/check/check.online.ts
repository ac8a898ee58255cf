import { identifiersIn } from '../../sql/identifiers.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { columnsBeside } from '../column-holder.ts'
import { alterTable } from '../constraint.ts'
import type { Online, OnlineContext } from '../online.ts'
import { addedWithProof, changedWithProof } from '../proven-constraint.ts'
import type { Check } from './check.kind.ts'

export const checkOnline: Online<Check> = {
  added: (check, context) =>
    addedWithProof(check, isAboutNewColumns(check, context), qualifiedNameOf(check.parent, context.to)),
  // New code may write what it forbade.
  removed: (check) => ({ edits: [{ stage: 'add', remove: [check.id] }] }),
  changed(from, to, fields, context) {
    if (fields.includes('expression') || fields.includes('noInherit') || (to.notValid && !from.notValid))
      return changedWithProof(from, to, context)
    return fields.includes('notValid') ? { edits: [{ stage: 'check', put: [to], stays: true }] } : null
  },
  drop: (check, schema) => [alterTable(check, schema, `DROP CONSTRAINT IF EXISTS ${quoteName(check.name)}`)],
}

/** True when it rests on columns alone that this plan adds, which no code writes yet. */
function isAboutNewColumns(check: Check, { from, to }: OnlineContext): boolean {
  const names = new Set(identifiersIn(check.expression).map(({ name }) => name))
  const columns = columnsBeside(check, to).filter(({ name }) => names.has(name))
  return columns.length > 0 && columns.every(({ id }) => from.get(id) === undefined)
}
