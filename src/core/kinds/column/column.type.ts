import type { ObjectId } from '../../model/object.ts'
import { type PgType, sameBase, samePgType } from '../../model/pg-type.ts'
import type { Schema } from '../../model/schema.ts'
import { typeName } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { isDomain } from '../domain/domain.kind.ts'
import { isEnum } from '../enum/enum.kind.ts'
import { allHeirsOf, isCarried } from '../inheritance.ts'
import type { AlterRule, Hazard } from '../kind.ts'
import { sequenceTypes } from '../sequence/sequence-options.ts'
import { alterColumn, alterColumnTogether } from './column.ddl.ts'
import { keptDefault, withoutHeirDefaults } from './column.inherited.ts'
import type { Column } from './column.kind.ts'
import { storageActions } from './column.options.ts'

/**
 * ALTER COLUMN … TYPE. A default is taken off and set again when the type itself changes: PostgreSQL would otherwise
 * cast it, which fails where only an explicit cast exists (42804). No other USING is guessed than from enum to enum: a
 * person decides what becomes of the values. On the way back they once were of the type: text is read as that.
 */
export const alterType: AlterRule<Column> = {
  statements: (from, to, schema) => {
    if (from.generated && to.generated && from.generated.expression !== to.generated.expression)
      return 'replace'
    if (samePgType(from.type, to.type)) return []
    const converts = !sameBase(from.type, to.type)
    if (isCarried(from, to, schema)) return converts ? keptDefault(from, to, schema) : []
    const actions: string[] = []
    if (converts && from.default !== null) actions.push('DROP DEFAULT')
    actions.push(typeAction(to, schema, to.using ?? betweenEnums(from, to, schema)))
    if (converts && from.default !== null && from.default === to.default) {
      actions.push(`SET DEFAULT ${to.default}`)
    }
    const retyped = alterColumnTogether(from, schema, actions)
    const kept = storageActions({ ...from, ...commonStorage(from, to) })
    const again = kept.length === 0 ? [] : [alterColumnTogether(from, schema, kept)]
    const before = converts ? withoutHeirDefaults(from, schema) : []
    const identity = losesIdentity(from, to) ? [alterColumn(from, schema, 'DROP IDENTITY')] : []
    return [...identity, ...before, retyped, ...again]
  },
  restored: (from, to, schema) =>
    to.using === null && isRead(from.type, to.type, schema)
      ? { ...to, using: `${quoteName(from.name)}::${typeName(to.type, schema)}` }
      : to,
  disturbs: (from, to, schema) => (samePgType(from.type, to.type) ? [] : withHeirs(from, to, schema)),
  converts: (from, to) => !sameBase(from.type, to.type),
  leaves(from, to, schema) {
    if (samePgType(from.type, to.type) || isCarried(from, to, schema)) return []
    const given = from.default === to.default ? to.default : null
    const left = sameBase(from.type, to.type) ? {} : { default: given }
    return allHeirsOf(from, schema).map((heir) => ({ ...heir, type: to.type, ...left }))
  },
  hazards: (from, to, schema) =>
    samePgType(from.type, to.type) || from.generated?.storage === 'virtual'
      ? []
      : typeHazards(from, to, schema),
}

/** What a change of the column changes too: what inherits it. */
export function withHeirs(from: Column, _to: Column, schema: Schema): readonly ObjectId[] {
  return [from, ...allHeirsOf(from, schema)].map(({ id }) => id)
}

/** What stays as it was: another value is set by the rule of its own field. */
export function commonStorage(from: Column, to: Column): Pick<Column, 'storage' | 'compression'> {
  return {
    storage: from.storage === to.storage ? from.storage : null,
    compression: from.compression === to.compression ? from.compression : null,
  }
}

/** From one enum to another there is one way only, through the labels, and PostgreSQL has no cast for it. */
function betweenEnums(from: Column, to: Column, schema: Schema): string | null {
  const enums = [from, to].every(({ type }) => schema.find(type.ref, isEnum) !== undefined)
  if (!enums || sameBase(from.type, to.type)) return null
  const brackets = to.type.dimensions > 0 ? '[]' : ''
  return `${quoteName(from.name)}::text${brackets}::${typeName(to.type, schema)}`
}

const texts = ['text', 'character varying', 'character', 'bpchar', 'citext', 'name']

/** An explicit cast to these drops what is too long, without a word (docs 8.3, 8.10). */
const cutting = [...texts, 'bit', 'bit varying']

/** From text to what is no text; the same for the elements of arrays. It stops at the first value that is none. */
function isRead(written: PgType, target: PgType, schema: Schema): boolean {
  const [from, to] = [underlying(written, schema), underlying(target, schema)]
  const [before, after] = [from.dimensions > 0, to.dimensions > 0]
  if (!isText(from) || (before && !after)) return false
  if (cutting.includes(to.base) && to.modifiers !== '') return false
  return before !== after || !isText(to)
}

function isText({ base, ref }: PgType): boolean {
  return ref === null && texts.includes(base)
}

/** What a domain is made of. */
function underlying(type: PgType, schema: Schema): PgType {
  const domain = schema.find(type.ref, isDomain)
  return domain && type.dimensions === 0 ? underlying(domain.type, schema) : type
}

/** `TYPE varchar(50) COLLATE "C" USING …`; a generated column's values come from its expression (42611). */
export function typeAction(column: Column, schema: Schema, conversion = column.using): string {
  const collation = column.collation === null ? '' : ` COLLATE ${column.collation}`
  const using = conversion === null || column.generated !== null ? '' : ` USING ${conversion}`
  return `TYPE ${typeName(column.type, schema)}${collation}${using}`
}

/** Identity goes first, in a statement of its own: PostgreSQL checks the type before it drops it (22023). */
function losesIdentity(from: Column, to: Column): boolean {
  return from.identity !== null && to.identity === null && !isWhole(to.type)
}

export function isWhole(type: PgType): boolean {
  return type.dimensions === 0 && sequenceTypes.some((name) => name === type.base)
}

function typeHazards(from: Column, to: Column, schema: Schema): readonly Hazard[] {
  const target = typeName(to.type, schema)
  if (to.using !== null) {
    return [
      { code: 'may-fail', message: `Stops at the first value that ${to.using} cannot convert to ${target}.` },
      { code: 'loses-data', message: `Only what ${to.using} keeps of ${from.name} survives.` },
    ]
  }
  if (isWidening(from.type, to.type)) return []
  const narrows = narrowing(from, to, schema)
  return narrows ? [narrows] : []
}

/** What the change does to values that do not fit; undefined when all fit. */
function narrowing(from: Column, to: Column, schema: Schema): Hazard | undefined {
  const target = typeName(to.type, schema)
  const [a, b] = [from.type, to.type]
  const stops = (what: string): Hazard => ({
    code: 'may-fail',
    message: `${what} in ${from.name} stop the migration.`,
  })
  const rounds = (what: string): Hazard => ({
    code: 'loses-data',
    message: `${what} in ${from.name} is lost.`,
  })
  if (isWhole(a) && isWhole(b)) {
    return rank(a) < rank(b) ? undefined : stops(`Numbers beyond the range of ${target}`)
  }
  if (texts.includes(a.base) && texts.includes(b.base)) {
    return b.modifiers === '' ? undefined : stops(`Values longer than ${b.modifiers} characters`)
  }
  if (b.base === 'numeric' && b.modifiers !== '') {
    return stops(`Numbers too large for ${target}, which rounds the rest,`)
  }
  if (isWhole(b) && ['numeric', 'real', 'double precision', 'money'].includes(a.base)) {
    return rounds('The fraction of every number')
  }
  if (b.base === 'date' && a.base.startsWith('timestamp')) return rounds('The time of day')
  if (a.base.startsWith('timestamp') && b.base.startsWith('timestamp') && a.base !== b.base) {
    return {
      code: 'loses-data',
      message: `Values of ${from.name} are read in the time zone of the session that migrates.`,
    }
  }
  if (texts.includes(b.base) && b.modifiers === '') return undefined
  if (isRead(a, b, schema)) return stops(`Values that are no ${target}`)
  return {
    code: 'may-fail',
    message: `Stops when PostgreSQL has no automatic conversion to ${target}, or a value of ${from.name} does not convert.`,
  }
}

/** smallint 0, integer 1, bigint 2. */
function rank(type: PgType): number {
  const names: readonly string[] = sequenceTypes
  return names.indexOf(type.base)
}

/** Changes that PostgreSQL makes in the catalogue alone: every value stays as it is (docs ALTER TABLE, Notes). */
function isWidening(a: PgType, b: PgType): boolean {
  if (a.dimensions > 0 !== b.dimensions > 0) return false
  const varying = 'character varying'
  if (a.base === varying && b.base === 'text') return true
  if (a.base === 'text' && b.base === varying) return b.modifiers === ''
  if (a.base !== b.base || a.ref !== b.ref) return false
  if (b.modifiers === '') return a.base !== 'character' && a.base !== 'bit'
  if (a.modifiers === '') return false
  const [size = 0, scale = 0] = a.modifiers.split(',').map(Number)
  const [newSize = 0, newScale = 0] = b.modifiers.split(',').map(Number)
  if (a.base === varying || a.base === 'bit varying') return newSize >= size
  if (a.base === 'numeric') return newSize >= size && newScale === scale
  return /^(time|timestamp|interval)/.test(a.base) && newSize >= size
}
