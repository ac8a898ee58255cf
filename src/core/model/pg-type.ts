import { quoteName } from '../sql/quote.ts'
import type { ObjectId } from './object.ts'

/**
 * A column's type. `base` is the name as `format_type` prints it without modifiers ("character varying",
 * "timestamp with time zone"); of a user type, its name at the time it was chosen, and `ref` its object, which decides.
 */
export interface PgType {
  readonly base: string
  /** What stands in parentheses, without them: "255", "12,2"; empty for none. */
  readonly modifiers: string
  /** Number of array dimensions; PostgreSQL itself keeps only whether there is one. */
  readonly dimensions: number
  readonly ref: ObjectId | null
}

/** Spelling people type or PostgreSQL stores → what format_type prints (docs 8, table 8.1). */
const aliases: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  decimal: 'numeric',
  dec: 'numeric',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'bpchar',
  varbit: 'bit varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
}

const shortNames: Readonly<Record<string, string>> = {
  'character varying': 'varchar',
  character: 'char',
  'bit varying': 'varbit',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
}

/** Built-in types offered for completion, in the short spelling, the most used first. */
export const builtInTypes: readonly string[] =
  `uuid text varchar integer bigint boolean timestamptz timestamp date numeric jsonb json smallint real
   double precision char time timetz interval bytea inet cidr macaddr macaddr8 bit varbit money xml
   tsvector tsquery point line lseg box path polygon circle int4range int8range numrange tsrange tstzrange daterange
   int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange oid regclass name pg_lsn
   jsonpath "char"`
    .replace('double precision', 'double_precision')
    .split(/\s+/)
    .map((name) => name.replace('_', ' '))

/**
 * Reads a type as a person or format_type writes it. `find` resolves a possibly qualified user type by its parts to
 * an object id. Whatever is not known stays as the base, for PostgreSQL to judge.
 */
export function parsePgType(text: string, find: (path: readonly string[]) => ObjectId | null): PgType {
  let rest = text.trim().replace(/\s+/g, ' ')
  let dimensions = 0
  const array = /^(.*?)\s*((?:\[\d*\]\s*)+)$/.exec(rest)
  if (array) {
    rest = array[1] ?? ''
    dimensions = (array[2] ?? '').split('[').length - 1
  } else if (/ array$/i.test(rest)) {
    rest = rest.slice(0, -6)
    dimensions = 1
  }
  const parts = /^([^("]*?)\s*\(([^)]*)\)\s*([^("]*)$/.exec(rest)
  const modifiers = parts ? (parts[2] ?? '').replace(/\s*,\s*/g, ',').trim() : ''
  const written = parts ? `${parts[1]} ${parts[3]}`.trim() : rest
  const user = /^(.*)\(([^()]*)\)$/.exec(rest)
  const path = identifierPath(parts || !user ? written : (user[1] ?? ''))
  const ref = path ? find(path) : null
  if (ref !== null && path) return { base: path.at(-1) ?? '', modifiers, dimensions, ref }
  if (/^(float)$/i.test(written) && modifiers !== '') {
    return {
      base: Number(modifiers) <= 24 ? 'real' : 'double precision',
      modifiers: '',
      dimensions,
      ref: null,
    }
  }
  const base = written.startsWith('"') || written.includes('.') ? written : canonicalBase(written)
  return { base, modifiers, dimensions, ref: null }
}

function canonicalBase(written: string): string {
  const lower = written.toLowerCase()
  return aliases[lower] ?? lower
}

/** `a."B".c` → its parts; null when the text is no possibly qualified identifier. */
function identifierPath(text: string): readonly string[] | null {
  const parts = text.match(/"(?:[^"]|"")+"|[^."\s]+/g)
  if (!parts || parts.join('.') !== text.replace(/\s*\.\s*/g, '.')) return null
  return parts.map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase(),
  )
}

/** The type in SQL. `refName` gives the qualified name of a user type. */
export function printPgType(type: PgType, refName: (id: ObjectId) => string): string {
  const base = type.ref === null ? (shortNames[type.base] ?? type.base) : refName(type.ref)
  const modifiers = type.modifiers === '' ? '' : `(${type.modifiers})`
  return base.concat(modifiers, '[]'.repeat(type.dimensions))
}

/** The type as canvas and inspector show it. */
export function displayPgType(type: PgType, refName: (id: ObjectId) => string): string {
  return printPgType(type, refName)
}

/** A built-in type by its short or long spelling: `pgType('varchar', '255')`. */
export function pgType(name: string, modifiers = ''): PgType {
  return { base: canonicalBase(name), modifiers, dimensions: 0, ref: null }
}

export function isPgType(value: unknown): value is PgType {
  return (
    typeof value === 'object' &&
    value !== null &&
    'base' in value &&
    typeof value.base === 'string' &&
    'modifiers' in value &&
    typeof value.modifiers === 'string' &&
    'dimensions' in value &&
    typeof value.dimensions === 'number' &&
    'ref' in value &&
    (value.ref === null || typeof value.ref === 'string')
  )
}

/** A user type's name in SQL when its object is gone: the name it had. */
export function danglingTypeName(type: PgType): string {
  return quoteName(type.base)
}
