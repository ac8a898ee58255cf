import { singular } from '../../core/commands/naming.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { type ForeignKey, isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { anyNullable, areUnique } from '../../core/layout/unique-keys.ts'
import type { Schema } from '../../core/model/schema.ts'

/** A piece of a sentence; `strong` names one of the two tables. */
export interface Phrase {
  readonly text: string
  readonly strong?: boolean
}

/**
 * What a foreign key says of its tables: "Each opportunity has exactly one account. An account has any number of
 * opportunities." Derived from nullability and uniqueness, as the ends of its edge are. Null for a dangling key.
 */
export function cardinalityOf(key: ForeignKey, schema: Schema): readonly Phrase[] | null {
  const child = schema.get(key.parent ?? '')
  const parent = schema.get(key.referencedTable)
  if (!child || !parent) return null
  const one = words(singular(child.name))
  const many = words(child.name)
  const other = words(singular(parent.name))
  const atMost = anyNullable(key.columns, child.id, schema)
  const unique = areUnique(key.columns, child.id, schema)
  const rivals = schema
    .childrenOf(child.id, isForeignKey)
    .filter((rival) => rival.referencedTable === key.referencedTable)
  const columns = key.columns.map((id) => schema.find(id, isColumn)?.name ?? '?').join(', ')
  const through = child.id === parent.id || rivals.length > 1 ? ` through ${columns}` : ''
  return [
    { text: 'Each ' },
    { text: one, strong: true },
    { text: ` has ${atMost ? 'at most' : 'exactly'} one ` },
    { text: other, strong: true },
    {
      text: `${through}. ${article(other)} ${other} has ${unique ? `at most one ${one}` : `any number of ${many}`}.`,
    },
  ]
}

function words(name: string): string {
  return name.replaceAll('_', ' ')
}

function article(noun: string): string {
  return /^([aeio]|u(?!ni|se|til|ri))/i.test(noun) ? 'An' : 'A'
}
