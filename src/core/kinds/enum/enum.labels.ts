import type { Schema } from '../../model/schema.ts'
import { namespaceOf, qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { quoteName, quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { type Column, isColumn } from '../column/column.kind.ts'
import type { AlterRule, Hazard } from '../kind.ts'
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
  disturbs: (from, to, schema) =>
    rebuilds(from, to) ? [from.id, ...columnsOf(from, schema).map((column) => column.id)] : [],
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
  const old = quoteName(spareName(from.name))
  const namespace = namespaceOf(from, schema)
  const oldName = namespace === null || namespace === 'public' ? old : `${quoteName(namespace)}.${old}`
  const name = qualifiedName(from, schema)
  const columns = columnsOf(from, schema)
  return [
    statement(from, `ALTER TYPE ${name} RENAME TO ${old}`),
    statement(from, createEnumSql(name, to.labels)),
    ...columns.map((column) => statement(from, retype(column, name, schema))),
    statement(from, `DROP TYPE ${oldName}`),
  ]
}

function retype(column: Column, type: string, schema: Schema): string {
  const name = quoteName(column.name)
  const brackets = column.type.dimensions > 0 ? '[]' : ''
  const using = `${name}::text${brackets}::${type}${brackets}`
  const actions = [`ALTER COLUMN ${name} TYPE ${type}${brackets} USING ${using}`]
  if (column.default !== null) {
    actions.unshift(`ALTER COLUMN ${name} DROP DEFAULT`)
    actions.push(`ALTER COLUMN ${name} SET DEFAULT ${column.default}`)
  }
  const separator = actions.length === 1 ? ' ' : '\n  '
  return `ALTER TABLE ${qualifiedNameOf(column.parent, schema)}${separator}${actions.join(`,${separator}`)}`
}

/** Columns that hold the type itself; generated ones are made again with the expression that gives it. */
function columnsOf(type: Enum, schema: Schema): readonly Column[] {
  return schema.all(isColumn).filter((column) => column.type.ref === type.id && column.generated === null)
}

/** A name for the old type that fits into 63 bytes, of which a character takes four at most. */
function spareName(name: string): string {
  const letters = [...name]
  const short = /^[ -~]*$/.test(name) ? letters.slice(0, 58) : letters.slice(0, 14)
  return `${short.join('')}__old`
}

function rebuildHazards(from: Enum, to: Enum, schema: Schema): readonly Hazard[] {
  const lost = from.labels.filter((label) => !to.labels.includes(label))
  const tables = [...new Set(columnsOf(from, schema).map((column) => qualifiedNameOf(column.parent, schema)))]
  const hazards: Hazard[] = []
  if (tables.length === 0) return hazards
  if (lost.length > 0) {
    const list = lost.map((label) => `“${label}”`).join(', ')
    hazards.push({ code: 'may-fail', message: `Stops when a row still holds ${list}.` })
  }
  hazards.push({
    code: 'rewrites-table',
    message: `Rewrites ${tables.join(', ')} under a lock that stops reads and writes.`,
  })
  return hazards
}
