import type { Hazard } from '../kind.ts'

export const sequenceTypes = ['smallint', 'integer', 'bigint'] as const
export type SequenceType = (typeof sequenceTypes)[number]

/** Options of CREATE SEQUENCE and of identity columns. Bounds are decimal texts: bigint does not fit a number. */
export interface SequenceOptions {
  readonly start: string
  readonly increment: string
  readonly min: string
  readonly max: string
  readonly cache: string
  readonly cycle: boolean
}

const largest: Readonly<Record<SequenceType, bigint>> = {
  smallint: 32767n,
  integer: 2147483647n,
  bigint: 9223372036854775807n,
}

/** What CREATE SEQUENCE assumes for a type and direction (docs CREATE SEQUENCE). */
export function defaultSequenceOptions(type: SequenceType, increment = '1'): SequenceOptions {
  const descending = increment.startsWith('-')
  const min = descending ? -largest[type] - 1n : 1n
  const max = descending ? -1n : largest[type]
  return {
    start: String(descending ? max : min),
    increment,
    min: String(min),
    max: String(max),
    cache: '1',
    cycle: false,
  }
}

/** The type of a sequence that feeds a column of that type. */
export function sequenceTypeOf(base: string): SequenceType {
  return sequenceTypes.find((type) => type === base) ?? 'bigint'
}

/** The clauses for what differs from PostgreSQL's defaults; `START` counts as default where it is the first value. */
export function writtenOptions(options: SequenceOptions, type: SequenceType): readonly string[] {
  const usual = defaultSequenceOptions(type, options.increment)
  const first = options.increment.startsWith('-') ? options.max : options.min
  return clauses(options, { ...usual, increment: '1', start: first })
}

/** The clauses that lead from one set of options to another; counting starts anew where it must. */
export function changedOptions(from: SequenceOptions, to: SequenceOptions): readonly string[] {
  return [...clauses(to, from), ...(restarts(from, to) ? ['RESTART'] : [])]
}

/** Every option as a clause. */
export function allOptions(from: SequenceOptions, to: SequenceOptions): readonly string[] {
  const nothing = { start: '', increment: '', min: '', max: '', cache: '', cycle: !to.cycle }
  return [...clauses(to, nothing), ...(restarts(from, to) ? ['RESTART'] : [])]
}

/** PostgreSQL refuses bounds that leave the last number out (22023), and that was the old start at first. */
export function restarts(from: SequenceOptions, to: SequenceOptions): boolean {
  const start = BigInt(from.start)
  return start < BigInt(to.min) || start > BigInt(to.max)
}

export function optionHazards(from: SequenceOptions, to: SequenceOptions): readonly Hazard[] {
  if (restarts(from, to)) {
    return [{ code: 'loses-data', message: `Starts counting anew, at ${to.start}.` }]
  }
  return from.min === to.min && from.max === to.max
    ? []
    : [{ code: 'may-fail', message: 'Stops when the sequence has already passed the new bounds.' }]
}

function clauses(options: SequenceOptions, except: SequenceOptions): readonly string[] {
  const parts: string[] = []
  if (options.increment !== except.increment) parts.push(`INCREMENT BY ${options.increment}`)
  if (options.min !== except.min) parts.push(`MINVALUE ${options.min}`)
  if (options.max !== except.max) parts.push(`MAXVALUE ${options.max}`)
  if (options.start !== except.start) parts.push(`START WITH ${options.start}`)
  if (options.cache !== except.cache) parts.push(`CACHE ${options.cache}`)
  if (options.cycle !== except.cycle) parts.push(options.cycle ? 'CYCLE' : 'NO CYCLE')
  return parts
}

const wholeNumber = /^-?\d{1,19}$/

export function isSequenceOptions(value: unknown): value is SequenceOptions {
  if (typeof value !== 'object' || value === null) return false
  const record: { readonly [key: string]: unknown } = { ...value }
  const numbers = [record.start, record.increment, record.min, record.max, record.cache]
  return (
    typeof record.cycle === 'boolean' &&
    numbers.every((number) => typeof number === 'string' && wholeNumber.test(number))
  )
}
