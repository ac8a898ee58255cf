import { isCheck } from '../kinds/check/check.kind.ts'
import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isDomain } from '../kinds/domain/domain.kind.ts'
import { isDomainCheck } from '../kinds/domain-check/domain-check.kind.ts'
import { isEnum } from '../kinds/enum/enum.kind.ts'
import { type ForeignKey, isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import type { ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { qualifiedName, typeName } from '../sql/names.ts'
import { quoteName, quoteText } from '../sql/quote.ts'
import { candidateValues, type Hints, hintsIn } from './candidate-values.ts'

export interface InsertChoice {
  /** Counted from 0. */
  readonly row: number
  /** 0 fills every column with its likeliest value, 1 only what must be filled, from 2 on other mixtures. */
  readonly attempt: number
  /** Columns to fill although they may be null or have a default. */
  readonly required: ReadonlySet<ObjectId>
  /** Constraints beyond the table's own whose constants are worth trying. */
  readonly furtherChecks: readonly string[]
}

/** An INSERT of one row that may satisfy the table's constraints; which of the attempts does, PostgreSQL says. */
export function sampleInsert(table: Table, schema: Schema, choice: InsertChoice): string {
  const own = schema.childrenOf(table.id, isCheck).map(({ expression }) => expression)
  const checks = [...own, ...choice.furtherChecks]
  const links = linksOf(table, schema)
  const names: string[] = []
  const values: string[] = []
  for (const [place, column] of schema.childrenOf(table.id, isColumn).entries()) {
    if (column.generated || column.identity) continue
    const hints = hintsIn(checks.filter((expression) => expression.includes(column.name)))
    const value = columnValue(column, place, schema, hints, links, choice)
    if (value === null) continue
    names.push(quoteName(column.name))
    values.push(value)
  }
  const target = qualifiedName(table, schema)
  if (names.length === 0) return `INSERT INTO ${target} DEFAULT VALUES`
  return `INSERT INTO ${target} (${names.join(', ')}) VALUES (${values.join(', ')})`
}

interface Link {
  readonly table: Table
  readonly column: Column
}

/** Columns that refer to other tables, and what they refer to. */
function linksOf(table: Table, schema: Schema): ReadonlyMap<ObjectId, Link> {
  const links = new Map<ObjectId, Link>()
  for (const key of schema.childrenOf(table.id, isForeignKey)) {
    if (key.referencedTable === table.id) continue
    for (const [column, link] of pairsOf(key, schema)) links.set(column, link)
  }
  return links
}

function pairsOf(key: ForeignKey, schema: Schema): readonly (readonly [ObjectId, Link])[] {
  const table = schema.find(key.referencedTable, isTable)
  return key.columns.flatMap((id, index) => {
    const column = schema.find(key.referencedColumns[index], isColumn)
    return table && column ? [[id, { table, column }] as const] : []
  })
}

/** Set only in rows that are deleted: most sample rows are alive, as queries expect. */
const softDeletion = /^(deleted|archived|removed)_(at|on)$/

/** null: the column is left to its default or to null. */
function columnValue(
  column: Column,
  place: number,
  schema: Schema,
  hints: Hints,
  links: ReadonlyMap<ObjectId, Link>,
  { row, attempt, required }: InsertChoice,
): string | null {
  const optional = (!column.notNull || column.default !== null) && !required.has(column.id)
  if (optional && (attempt === 1 || /^nextval\(/i.test(column.default ?? ''))) return null
  if (optional && attempt === 0 && softDeletion.test(column.name) && row % 4 !== 3) return null
  const link = links.get(column.id)
  const candidates = link ? [linkedValue(link, row, schema)] : constantsFor(column, row, schema, hints)
  const choices = optional ? candidates.length + 1 : candidates.length
  const pick = attempt < 2 ? 0 : mix(attempt, place) % Math.max(choices, 1)
  return candidates[pick] ?? null
}

function constantsFor(
  column: Pick<Column, 'name' | 'type'>,
  row: number,
  schema: Schema,
  hints: Hints,
): readonly string[] {
  const domain = column.type.dimensions === 0 ? schema.find(column.type.ref, isDomain) : undefined
  if (domain) {
    const checks = schema.childrenOf(domain.id, isDomainCheck).map(({ expression }) => expression)
    const own = hintsIn(checks)
    const all = { texts: [...hints.texts, ...own.texts], numbers: [...hints.numbers, ...own.numbers] }
    return constantsFor({ name: column.name, type: domain.type }, row, schema, all)
  }
  const type = schema.find(column.type.ref, isEnum)
  if (!type) return candidateValues(column.type, column.name, row, hints)
  const labels = type.labels.map(quoteText)
  const shift = labels.length === 0 ? 0 : row % labels.length
  const rotated = [...labels.slice(shift), ...labels.slice(0, shift)]
  const plain = typeName({ ...column.type, dimensions: 0 }, schema)
  return column.type.dimensions === 0 ? rotated : rotated.map((label) => `ARRAY[${label}]::${plain}[]`)
}

/** The same row for every column of a key, so that composite keys match. */
function linkedValue({ table, column }: Link, row: number, schema: Schema): string {
  const name = qualifiedName(table, schema)
  const count = `(SELECT count(*) FROM ${name})`
  return `(SELECT ${quoteName(column.name)} FROM ${name} ORDER BY ctid LIMIT 1 OFFSET ${row} % greatest(${count}, 1))`
}

/** A fixed shuffle, so that runs are repeatable. */
function mix(attempt: number, place: number): number {
  return Math.imul(attempt * 31 + place * 17 + 7, 0x9e3779b1) >>> 5
}
