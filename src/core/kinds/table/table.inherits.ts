import { sameValue } from '../../model/equality.ts'
import type { ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { isTexts, listOfReferences } from '../fields.ts'
import { type Inheritable, inheritedFrom, isInheritable } from '../inheritance.ts'
import type { Field } from '../kind.ts'
import { isTableObject } from '../parts-of-tables.ts'
import type { Table } from './table.kind.ts'

/** Empty, or ` INHERITS (a, b)`. */
export function inheritsClause({ inherits }: Table, schema: Schema): string {
  if (inherits.length === 0) return ''
  return ` INHERITS (${inherits.map((id) => qualifiedNameOf(id, schema)).join(', ')})`
}

export const inheritsField: Field<Table, readonly ObjectId[]> = {
  label: 'Inherits from',
  advanced: true,
  editor: { type: 'objects', kinds: ['table'] },
  valid: isTexts,
  alter: {
    // What is left last leaves the columns that both have inherited ones.
    statements: (from, to, schema) =>
      [
        ...without(to.inherits, from.inherits).map((id) => `INHERIT ${qualifiedNameOf(id, schema)}`),
        ...without(from.inherits, to.inherits).map((id) => `NO INHERIT ${qualifiedNameOf(id, schema)}`),
      ].map((action) => statement(from, `ALTER TABLE ${qualifiedName(from, schema)} ${action}`)),
    verb: (from, to) =>
      to.inherits.length === 0
        ? 'End inheritance of'
        : from.inherits.length === 0
          ? 'Begin inheritance of'
          : 'Change inheritance of',
    // PostgreSQL attaches only what has all columns and checks already (42804).
    awaits: (from, to, before, after) =>
      without(to.inherits, from.inherits).flatMap((added) => [
        ...[to.id, added].flatMap((id) => partsIn(id, after)),
        ...partsIn(added, before),
      ]),
  },
  sample: [['trait table'], ['trait table', 'other trait table'], []],
  initially: [],
  references: listOfReferences,
}

function isReplaced(id: ObjectId, before: Schema, after: Schema): boolean {
  const [old, next] = [before.find(id, isTableObject), after.find(id, isTableObject)]
  return old !== undefined && next !== undefined && isMadeAnew(old, next, before, after)
}

function partsIn(table: ObjectId, schema: Schema): readonly ObjectId[] {
  return schema.childrenOf(table, isInheritable).map(({ id }) => id)
}

/**
 * PostgreSQL makes what a table inherits its own when it is detached, and never the other way round; parents come in
 * the order in which they were added.
 */
export function isMadeAnew(from: Table, to: Table, before: Schema, after: Schema): boolean {
  if (from.inherits.length === 0 && to.inherits.length === 0) return false
  const kept = from.inherits.filter((id) => to.inherits.includes(id) && !isReplaced(id, before, after))
  const added = without(to.inherits, kept)
  const removed = without(from.inherits, kept)
  if (![...kept, ...added].every((id, place) => to.inherits[place] === id)) return true
  // What takes the place of a parent has the column too, until that goes above both.
  const isLeft = (part: Inheritable) => inheritedFrom(part, before).length > 0 && !after.get(part.id)
  const isParentMadeAnew = removed.some((id) => to.inherits.includes(id))
  if (isParentMadeAnew && before.childrenOf(from.id, isInheritable).some(isLeft)) return true
  return after.childrenOf(to.id, isInheritable).some((part) => {
    const above = inheritedFrom(part, after)
    const old = before.find(part.id, isInheritable)
    if (!old || old.kind !== part.kind)
      return !part.local && above.length > 0 && above.every(({ parent }) => added.includes(parent ?? ''))
    if (old.local !== part.local) return old.local || above.length > 0
    const isSame = old.name === part.name && sameValue(typeOf(old), typeOf(part))
    return removed.length > 0 && !isSame && inheritedFrom(old, before).length > 0
  })
}

function typeOf(part: Inheritable): unknown {
  return 'type' in part ? part.type : null
}

function without(ids: readonly ObjectId[], others: readonly ObjectId[]): readonly ObjectId[] {
  return ids.filter((id) => !others.includes(id))
}
