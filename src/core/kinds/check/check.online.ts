import { identifiersIn } from '../../sql/identifiers.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { columnsBeside } from '../column-holder.ts'
import { alterTable } from '../constraint.ts'
import { heirsOf, isCarried } from '../inheritance.ts'
import type { Online, OnlineContext } from '../online.ts'
import { addedWithProof, changedWithProof } from '../proven-constraint.ts'
import type { Check } from './check.kind.ts'

export const checkOnline: Online<Check> = {
  added: (check, context) =>
    check.local
      ? addedWithProof(check, isAboutNewColumns(check, context), qualifiedNameOf(check.parent, context.to))
      : null,
  // New code may write what it forbade.
  removed: (check) => (check.local ? { edits: [{ stage: 'add', remove: [check.id] }] } : null),
  changed(from, to, fields, context) {
    if (isCarried(from, to, context.from) || fields.includes('local')) return { edits: [] }
    if (heirsOf(from, context.from).length > 0) {
      return {
        asks: 'accept',
        field: fields[0] ?? 'name',
        message: `The tables that inherit ${from.name} change at the same time.`,
        hint: 'Accept the simple way for this change, in a quiet hour, or draw it otherwise.',
      }
    }
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
