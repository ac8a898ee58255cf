import type { Column, Generated, Identity } from '../kinds/column/column.kind.ts'
import { isType } from '../kinds/registry.ts'
import type { ObjectId } from '../model/object.ts'
import { type PgType, parsePgType, pgType } from '../model/pg-type.ts'
import type { Schema } from '../model/schema.ts'
import { defaultSchemaName, namespaceOf, typeName } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'

/** A column as one line of text says it: `email varchar(255) not null default ''`. */
export interface ColumnText {
  readonly name: string
  readonly column: Pick<Column, 'type' | 'notNull' | 'default' | 'identity' | 'generated' | 'collation'>
  readonly primaryKey: boolean
  readonly unique: boolean
  /** `references accounts (id)`: the names as written. */
  readonly references: { readonly table: string; readonly column: string | null } | null
}

const word = /^"(?:[^"]|"")*"|^[^\s"(,]+/

/**
 * Reads a column definition, as much of it as is there. A name alone gets the type its name suggests (`_id`: uuid,
 * `_at`: timestamptz, `is_`: boolean), otherwise text. Gives null without a name.
 */
export function readColumnText(text: string, schema: Schema): ColumnText | null {
  const trimmed = text.trim()
  const first = word.exec(trimmed)?.[0]
  if (!first) return null
  const name = first.startsWith('"') ? first.slice(1, -1).replaceAll('""', '"') : first
  if (name === '') return null
  const clauses = splitClauses(trimmed.slice(first.length))
  const written = clauses.get('type') ?? ''
  const serial = /^(small|big)?serial$/i.exec(written)
  const type = serial
    ? serialType(serial[1])
    : written === ''
      ? suggestedType(name)
      : readType(written, schema)
  const generated = readGenerated(clauses.get('generated'))
  const identity = serial ? defaultIdentity('by default') : readIdentity(clauses.get('generated'))
  const primaryKey = clauses.has('primary key')
  return {
    name,
    column: {
      type,
      notNull: clauses.has('not null') || primaryKey || identity !== null,
      default: clauses.get('default') || null,
      identity,
      generated,
      collation: clauses.get('collate') || null,
    },
    primaryKey,
    unique: clauses.has('unique'),
    references: readReferences(clauses.get('references')),
  }
}

/** The column as `readColumnText` reads it back. */
export function writeColumnText(column: Column, schema: Schema): string {
  const parts = [quoteName(column.name), typeName(column.type, schema)]
  if (column.collation !== null) parts.push(`collate ${column.collation}`)
  if (column.notNull && column.identity === null) parts.push('not null')
  if (column.default !== null) parts.push(`default ${column.default}`)
  if (column.generated !== null) {
    parts.push(`generated always as (${column.generated.expression}) ${column.generated.storage}`)
  }
  if (column.identity !== null) parts.push(`generated ${column.identity.generation} as identity`)
  return parts.join(' ')
}

/** The object of a type by its parts: in the schema named, otherwise in `public`, otherwise the only one. */
export function findType(schema: Schema): (path: readonly string[]) => ObjectId | null {
  return (path) => {
    const name = path.at(-1)
    const namespace = path.length > 1 ? path.at(-2) : null
    const types = [...schema.document.objects.values()].filter((type) => isType(type) && type.name === name)
    const wanted = namespace ?? (types.length > 1 ? defaultSchemaName : null)
    return types.find((type) => wanted === null || namespaceOf(type, schema) === wanted)?.id ?? null
  }
}

function readType(text: string, schema: Schema): PgType {
  return parsePgType(text, findType(schema))
}

function suggestedType(name: string): PgType {
  if (/_id$|^id$/.test(name)) return pgType('uuid')
  if (/_at$/.test(name)) return pgType('timestamptz')
  if (/_(on|date)$|^date$/.test(name)) return pgType('date')
  if (/^(is|has|can)_/.test(name)) return pgType('boolean')
  if (/(^|_)(count|quantity|position|year)$/.test(name)) return pgType('integer')
  if (/(^|_)(amount|price|total)$/.test(name)) return pgType('numeric', '12,2')
  return pgType('text')
}

function serialType(size: string | undefined): PgType {
  return pgType(size === undefined ? 'integer' : size.toLowerCase() === 'big' ? 'bigint' : 'smallint')
}

function defaultIdentity(generation: Identity['generation']): Identity {
  const max = '9223372036854775807'
  return { generation, options: { start: '1', increment: '1', min: '1', max, cache: '1', cycle: false } }
}

const starts =
  /^(not\s+null|null|default|generated|unique|primary\s+key|references|collate|constraint)(?=\s|\(|$)/i

/** The text after the name, cut where a clause begins outside parentheses and strings. */
function splitClauses(text: string): ReadonlyMap<string, string> {
  const clauses = new Map<string, string>()
  let clause = 'type'
  let from = 0
  let depth = 0
  let position = 0
  const close = (end: number) => clauses.set(clause, text.slice(from, end).trim())
  while (position < text.length) {
    const letter = text.charAt(position)
    if (letter === "'" || letter === '"') {
      const end = text.indexOf(letter, position + 1)
      position = end < 0 ? text.length : end + 1
      continue
    }
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    const before = position === 0 ? ' ' : text.charAt(position - 1)
    const keyword = depth === 0 && /[\s)]/.test(before) ? starts.exec(text.slice(position))?.[0] : undefined
    const isByDefault = clause === 'generated' && /^\s*by\s+$/i.test(text.slice(from, position))
    if (keyword === undefined || isByDefault) {
      position += 1
      continue
    }
    close(position)
    clause = keyword.toLowerCase().replace(/\s+/g, ' ')
    position += keyword.length
    from = position
  }
  close(text.length)
  return clauses
}

function readGenerated(text: string | undefined): Generated | null {
  const match = /^always\s+as\s*\(([\s\S]*)\)\s*(stored|virtual)?$/i.exec(text ?? '')
  if (!match) return null
  return {
    expression: (match[1] ?? '').trim(),
    storage: match[2]?.toLowerCase() === 'virtual' ? 'virtual' : 'stored',
  }
}

function readIdentity(text: string | undefined): Identity | null {
  const match = /^(always|by\s+default)\s+as\s+identity/i.exec(text ?? '')
  if (!match) return null
  return defaultIdentity(match[1]?.toLowerCase() === 'always' ? 'always' : 'by default')
}

function readReferences(text: string | undefined): ColumnText['references'] {
  const match = /^((?:"[^"]*"|[\w$.])+)\s*(?:\(\s*("[^"]*"|[\w$]+)\s*\))?/.exec(text ?? '')
  if (!match) return null
  const bare = (name: string) => name.replaceAll('"', '')
  return {
    table: bare((match[1] ?? '').split('.').at(-1) ?? ''),
    column: match[2] === undefined ? null : bare(match[2]),
  }
}
