import { quoteName } from '../sql/quote.ts'
import type { ObjectId } from './object.ts'

/**
 * A column's type. `base` is the name as `format_type` prints it without modifiers ("character varying",
 * "timestamp with time zone", "interval day to second"); of a user type, its name at the time it was chosen, and
 * `ref` its object, which decides.
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
  'char varying': 'character varying',
  'national character varying': 'character varying',
  'national char varying': 'character varying',
  'nchar varying': 'character varying',
  char: 'character',
  nchar: 'character',
  'national character': 'character',
  'national char': 'character',
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

/** Words of SQL's grammar that are no type names in pg_type: in double quotes they mean a user's type. */
const grammarOnly: ReadonlySet<string> = new Set([
  'boolean',
  'int',
  'integer',
  'smallint',
  'bigint',
  'real',
  'float',
  'decimal',
  'dec',
  'character',
  'nchar',
])

/**
 * Not types but orders to make a sequence (docs 8.1.4), with the type of the column that results. A document says
 * what results: an identity column, or a default from a sequence of its own.
 */
const serials: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
}

/** Built-in types offered for completion, in the short spelling, the most used first. */
export const builtInTypes: readonly string[] =
  `uuid text varchar integer bigint boolean timestamptz timestamp date numeric jsonb json smallint real
   double_precision char time timetz interval bytea inet cidr macaddr macaddr8 bit varbit money xml
   tsvector tsquery point line lseg box path polygon circle int4range int8range numrange tsrange tstzrange daterange
   int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange oid regclass name pg_lsn
   jsonpath "char"`
    .split(/\s+/)
    .map((name) => name.replace('_precision', ' precision'))

const builtIn: ReadonlySet<string> = new Set([
  ...builtInTypes,
  ...Object.keys(aliases),
  ...Object.values(aliases),
  ...`bpchar cid tid xid xid8 regproc regprocedure regoper regoperator regtype regrole regnamespace regconfig
      regdictionary regcollation pg_snapshot txid_snapshot refcursor oidvector int2vector aclitem`.split(
    /\s+/,
  ),
])

/** docs 8.5.4: the restrictions that may follow `interval`. */
const intervalFields =
  /^interval (year|month|day|hour|minute|second|year to month|day to (hour|minute|second)|hour to (minute|second)|minute to second)$/

interface Written {
  /** Words without quotes in lower case, joined by one space; or a path of identifiers. */
  readonly words: string
  readonly path: readonly { readonly name: string; readonly quoted: boolean }[]
  readonly modifiers: string
  readonly dimensions: number
}

/**
 * Reads a type as a person or format_type writes it. `find` resolves a possibly qualified user type by its parts to
 * an object id. Whatever is not known stays as the base, for PostgreSQL to judge.
 */
export function parsePgType(text: string, find: (path: readonly string[]) => ObjectId | null): PgType {
  const written = readWritten(text)
  if (!written) return { base: text.trim(), modifiers: '', dimensions: 0, ref: null }
  const { modifiers, dimensions } = written
  const known = builtInBase(written)
  if (known === 'float') {
    const bits = Number(modifiers)
    if (bits >= 1 && bits <= 53) {
      return { base: bits <= 24 ? 'real' : 'double precision', modifiers: '', dimensions, ref: null }
    }
    return { base: modifiers === '' ? 'double precision' : 'float', modifiers, dimensions, ref: null }
  }
  // bpchar(n) is character(n), but bpchar alone has no length at all.
  if (known === 'bpchar' && modifiers !== '') return { base: 'character', modifiers, dimensions, ref: null }
  if (known !== null) return { base: known, modifiers, dimensions, ref: null }
  if (written.path.length === 0) return { base: written.words, modifiers, dimensions, ref: null }
  const path = written.path.map((part) => part.name)
  const ref = find(path)
  const unqualified = path[0] === 'public' && path.length === 2 ? path.slice(1) : path
  const base = ref === null ? unqualified.map(quoteName).join('.') : (path.at(-1) ?? '')
  return { base, modifiers, dimensions, ref }
}

/** The base of a built-in type as format_type prints it; null for any other. */
function builtInBase(written: Written): string | null {
  const { path, words } = written
  const first = path[0]
  const own =
    path.length === 2 && first?.name === 'pg_catalog' ? path[1] : path.length === 1 ? first : undefined
  if (path.length > 0 && !own) return null
  if (!own) return aliases[words] ?? (builtIn.has(words) || intervalFields.test(words) ? words : null)
  if (own.name === 'float' && !own.quoted && path.length === 1) return 'float'
  if (own.quoted || path.length === 2) {
    if (own.name === 'char') return '"char"'
    if (grammarOnly.has(own.name)) return null
  }
  return aliases[own.name] ?? (builtIn.has(own.name) ? own.name : null)
}

const token = /\s*("(?:[^"]|"")+"|[^\s".()[\],]+|\.|\((?:[^()'"]|'[^']*'|"[^"]*")*\)|\[\s*\d*\s*\])/y

/** null: not the shape of a type at all. */
function readWritten(text: string): Written | null {
  const names: { name: string; quoted: boolean }[] = []
  let dotted = false
  let afterName = false
  let modifiers = ''
  let dimensions = 0
  const source = text.trim()
  token.lastIndex = 0
  while (token.lastIndex < source.length) {
    const found = token.exec(source)?.[1]
    if (found === undefined) return null
    const isArrayWord = found.toLowerCase() === 'array' && names.length > 0
    if (found.startsWith('[')) dimensions += 1
    else if (isArrayWord) dimensions += source.slice(token.lastIndex).trim().startsWith('[') ? 0 : 1
    else if (dimensions > 0) return null
    else if (found.startsWith('(')) {
      if (modifiers !== '' || names.length === 0) return null
      modifiers = found
        .slice(1, -1)
        .replace(/\s*,\s*/g, ',')
        .trim()
      afterName = false
    } else if (found === '.') {
      if (!afterName) return null
      dotted = true
      afterName = false
    } else {
      const quoted = found.startsWith('"')
      if (dotted && afterName) return null
      names.push({ name: quoted ? found.slice(1, -1).replaceAll('""', '"') : found.toLowerCase(), quoted })
      afterName = true
    }
  }
  if (names.length === 0) return null
  const isPath = dotted || names.length === 1
  if (!isPath && names.some((part) => part.quoted)) return null
  return {
    words: names.map((part) => part.name).join(' '),
    path: isPath ? names : [],
    modifiers,
    dimensions,
  }
}

/** The type in SQL. `refName` gives the qualified name of a user type. */
export function printPgType(type: PgType, refName: (id: ObjectId) => string): string {
  const base = type.ref === null ? printBase(type.base) : refName(type.ref)
  const modifiers = type.modifiers === '' ? '' : `(${type.modifiers})`
  return base.concat(modifiers, '[]'.repeat(type.dimensions))
}

/** PostgreSQL refuses a qualified `serial` (42704), where the bare word would make a sequence unasked. */
function printBase(base: string): string {
  return shortNames[base] ?? (Object.hasOwn(serials, base) ? `pg_catalog.${base}` : base)
}

/** The type as canvas and inspector show it. */
export function displayPgType(type: PgType, refName: (id: ObjectId) => string): string {
  return Object.hasOwn(serials, type.base) ? type.base : printPgType(type, refName)
}

/** A built-in type by its short or long spelling: `pgType('varchar', '255')`. */
export function pgType(name: string, modifiers = ''): PgType {
  const type = parsePgType(name, () => null)
  return modifiers === '' ? type : { ...type, modifiers }
}

/** The type of the column that `serial` and its sisters make; null for real types. */
export function serialBase(type: PgType): string | null {
  return type.ref === null ? (serials[type.base] ?? null) : null
}

/** The type with its name replaced, as SQL writes it, if it is a user's; built-in types stay as they are. */
export function mapTypeName(type: PgType, change: (name: string) => string): PgType {
  if (isBuiltInType(type)) return type
  if (type.ref === null) return { ...type, base: change(type.base) }
  const name = change(quoteName(type.base))
  return { ...type, base: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name }
}

/** True for PostgreSQL's own types and the spellings of SQL. */
export function isBuiltInType(type: PgType): boolean {
  return type.ref === null && (builtIn.has(type.base) || intervalFields.test(type.base))
}

/** The same type, whatever it is called at present. */
export function samePgType(a: PgType, b: PgType): boolean {
  return sameBase(a, b) && a.modifiers === b.modifiers
}

/** The same type but for what stands in parentheses. */
export function sameBase(a: PgType, b: PgType): boolean {
  const sameName = a.ref === null && b.ref === null ? a.base === b.base : a.ref === b.ref
  return sameName && a.dimensions > 0 === b.dimensions > 0
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
