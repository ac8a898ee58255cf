import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import type { AlterRule, Hazard } from '../kind.ts'
import { columnsOfType, disturbedByRetyping, retyped, retypingRefusal, throughText } from '../retyping.ts'
import type { Enum } from './enum.kind.ts'

export function createEnumSql(name: string, labels: readonly string[]): string {
  const list = labels.map(quoteText)
  const oneLine = `CREATE TYPE ${name} AS ENUM (${list.join(', ')})`
  return oneLine.length <= 100 ? oneLine : `CREATE TYPE ${name} AS ENUM (\n  ${list.join(',\n  ')}\n)`
}

/**
 * PostgreSQL adds and renames labels in place (docs ALTER TYPE). Anything else takes a new type, and every column of
 * the old one is moved to it through text.
 */
export const alterLabels: AlterRule<Enum> = {
  statements: (from, to, schema) => {
    const renamed = renamedLabel(from, to)
    if (renamed) {
      const [before, after] = renamed
      const name = qualifiedName(from, schema)
      return [statement(from, `ALTER TYPE ${name} RENAME VALUE ${quoteText(before)} TO ${quoteText(after)}`)]
    }
    return isExtended(from, to) ? added(from, to, schema) : rebuilt(from, to, schema)
  },
  refuses: (from, to, schema) => (rebuilds(from, to) ? retypingRefusal(from, schema) : null),
  disturbs: (from, to, schema) => (rebuilds(from, to) ? disturbedByRetyping(from, schema) : []),
  converts: rebuilds,
  hazards: (from, to, schema) => (rebuilds(from, to) ? rebuildHazards(from, to, schema) : []),
}

function rebuilds(from: Enum, to: Enum): boolean {
  return !renamedLabel(from, to) && !isExtended(from, to)
}

/** The one label that has another name in its place. */
function renamedLabel(from: Enum, to: Enum): readonly [string, string] | null {
  if (from.labels.length !== to.labels.length) return null
  const places = from.labels.flatMap((label, place) => (label === to.labels[place] ? [] : [place]))
  const [place] = places
  if (place === undefined || places.length > 1) return null
  const before = from.labels[place]
  const after = to.labels[place]
  if (before === undefined || after === undefined || from.labels.includes(after)) return null
  return [before, after]
}

/** Every old label is still there, in the old order. */
function isExtended(from: Enum, to: Enum): boolean {
  const kept = to.labels.filter((label) => from.labels.includes(label))
  return kept.length === from.labels.length && kept.every((label, place) => label === from.labels[place])
}

/**
 * A new label cannot be used in the transaction that adds it (55P04), by a default just as by a row: such a statement
 * stands outside of transactions, so that whatever follows may use it.
 */
function added(from: Enum, to: Enum, schema: Schema): readonly Statement[] {
  const first = from.labels[0]
  return to.labels.flatMap((label, place) => {
    if (from.labels.includes(label)) return []
    const previous = to.labels[place - 1]
    const isLast = to.labels.slice(place).every((later) => !from.labels.includes(later))
    const position =
      previous !== undefined
        ? isLast
          ? ''
          : ` AFTER ${quoteText(previous)}`
        : first === undefined
          ? ''
          : ` BEFORE ${quoteText(first)}`
    const sql = `ALTER TYPE ${qualifiedName(from, schema)} ADD VALUE ${quoteText(label)}${position}`
    return [{ ...statement(from, sql), transactional: false }]
  })
}

function rebuilt(from: Enum, to: Enum, schema: Schema): readonly Statement[] {
  return retyped(from, schema, {
    word: 'TYPE',
    create: [statement(from, createEnumSql(qualifiedName(from, schema), to.labels))],
    convert: throughText,
  })
}

function rebuildHazards(from: Enum, to: Enum, schema: Schema): readonly Hazard[] {
  const lost = from.labels.filter((label) => !to.labels.includes(label))
  if (lost.length === 0 || columnsOfType(from.id, schema).length === 0) return []
  const list = lost.map((label) => `“${label}”`).join(', ')
  return [{ code: 'may-fail', message: `Stops when a row still holds ${list}.` }]
}
