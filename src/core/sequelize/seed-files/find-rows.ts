import {
  entriesOf,
  isMark,
  isWord,
  objectAt,
  partsOf,
  type Source,
  type Span,
  stringAt,
} from '../model-files/js-structure.ts'
import type { QualifiedTable } from './seed-table.ts'

/** A call of `bulkInsert`, `bulkUpdate` or `bulkDelete` on a table that is named there. */
export interface RowsCall extends NamedTable {
  readonly method: string
  /** Indexes of the tokens that open the objects by column; null where they are made elsewhere. */
  readonly objects: readonly number[] | null
}

/** The calls of a file that put rows into tables or take them out. */
export function rowsCalls(source: Source): readonly RowsCall[] {
  return source.tokens.flatMap((token, at): readonly RowsCall[] => {
    const isCall = /^bulk(Insert|Update|Delete)$/.test(token.text) && isMark(source, at - 1, '.')
    if (!isCall || !isMark(source, at + 1, '(')) return []
    const [first, ...others] = partsOf(source, at + 1)
    const named = first ? tableAt(source, first) : null
    if (named === null) return []
    const given = others.slice(0, token.text === 'bulkUpdate' ? 2 : 1)
    const objects = given.map((span) => objectsAt(source, span))
    const known = objects.every((one) => one !== null) ? objects.flat() : null
    return [{ method: token.text, ...named, objects: known }]
  })
}

interface NamedTable {
  readonly table: QualifiedTable
  /** The name of the table. */
  readonly name: Span
}

/** `'users'` or `{ tableName: 'users', schema: 'shop' }`. */
function tableAt(source: Source, span: Span): NamedTable | null {
  const name = stringAt(source, span)
  if (name !== null) return { table: { schema: null, name }, name: span }
  const open = objectAt(source, span)
  if (open === null) return null
  const entries = entriesOf(source, open).flatMap(({ key, value }): readonly (readonly [string, Span])[] =>
    key !== null && value ? [[key, value]] : [],
  )
  const { tableName, schema }: { readonly [key: string]: Span | undefined } = Object.fromEntries(entries)
  const inside = tableName ? stringAt(source, tableName) : null
  const outer = schema ? stringAt(source, schema) : null
  return tableName && inside !== null ? { table: { schema: outer, name: inside }, name: tableName } : null
}

/** The objects of rows or of a condition, there or in the constant that is named there; null where that is not sure. */
function objectsAt(source: Source, span: Span): readonly number[] | null {
  const { tokens, partners } = source
  if (span.first === span.last && isWord(source, span.first)) {
    if (tokens[span.first]?.text === 'null') return []
    const value = constantNamed(source, tokens[span.first]?.text ?? '')
    return value === null ? null : objectsAt(source, value)
  }
  const isList = isMark(source, span.first, '[') && partners.get(span.first) === span.last
  const spans = isList ? partsOf(source, span.first) : [span]
  const opens = spans.map((one) => objectAt(source, one))
  return opens.every((open) => open !== null) && opens.every((open) => !spreads(source, open)) ? opens : null
}

function spreads(source: Source, open: number): boolean {
  return entriesOf(source, open).some(({ key, first }) => key === null && isMark(source, first, '...'))
}

/** The list or object that the only constant of that name is. */
function constantNamed(source: Source, name: string): Span | null {
  const places = source.tokens.flatMap((_, at) => {
    if (!isWord(source, at, name) || !/^(const|let|var)$/.test(source.tokens[at - 1]?.text ?? '')) return []
    const open = source.tokens.findIndex((_token, later) => later > at && isMark(source, later, '=')) + 1
    const last = source.partners.get(open)
    const isPlain = isMark(source, open, '[') || isMark(source, open, '{')
    return isPlain && last !== undefined && open - at < 12 ? [{ first: open, last }] : []
  })
  const [only] = places
  return only && places.length === 1 ? only : null
}
