import { type CodeStyle, usualCode } from '../code-style.ts'
import { jsKey, jsString } from '../js-value.ts'
import { byHand, type EditedText, edited } from '../model-files/edited-text.ts'
import { type Entry, entriesOf, type Source, sourceOf } from '../model-files/js-structure.ts'
import { removed } from '../model-files/literal-edits.ts'
import { rowsCalls } from './find-rows.ts'
import { type QualifiedTable, tableKey } from './seed-table.ts'
import type { TableChange } from './table-changes.ts'

/** A table that changes, by the names that it has before and after. */
export interface NamedChange extends TableChange {
  readonly old: QualifiedTable
  readonly now: QualifiedTable | null
}

/** Writes what an edit of a table changes into a person's own rows of it, as far as they stand there literally. */
export function editSeed(file: EditedText, change: NamedChange, style: CodeStyle = usualCode): EditedText {
  const { old, now } = change
  const source = sourceOf(file.text)
  const key = tableKey(old)
  const calls = source ? rowsCalls(source).filter(({ table }) => tableKey(table) === key) : []
  if (calls.length === 0) return file
  if (now === null)
    return byHand(file, { what: `The table ${old.name} is dropped: take its rows out.`, code: null })
  let result = file
  for (const name of change.removed) result = removeColumn(result, key, name)
  for (const { from, to } of change.renamed) result = renameColumn(result, key, from, to, style)
  if (old.name !== now.name) result = renameTable(result, key, now.name, style)
  if ((old.schema ?? 'public') !== (now.schema ?? 'public')) {
    result = byHand(result, {
      what: `${old.name} is in the schema ${now.schema ?? 'public'} now.`,
      code: null,
    })
  }
  const inserts = calls.some(({ method }) => method === 'bulkInsert')
  const missing = inserts ? change.required : []
  return missing.reduce(
    (text, { name }) =>
      byHand(text, { what: `Give every row of ${now.name} a value for ${name}.`, code: null }),
    result,
  )
}

type KeyedEntry = Entry & { readonly method: string }

/** The entries about a column in the rows of a table and in conditions on it; null where some are made elsewhere. */
function entriesAbout(source: Source, table: string, column: string): readonly KeyedEntry[] | null {
  const calls = rowsCalls(source).filter((call) => tableKey(call.table) === table)
  if (calls.some(({ objects }) => objects === null)) return null
  return calls.flatMap(({ method, objects }) =>
    (objects ?? []).flatMap((open) =>
      entriesOf(source, open).flatMap((entry) => (entry.key === column ? [{ ...entry, method }] : [])),
    ),
  )
}

function renameColumn(
  file: EditedText,
  table: string,
  from: string,
  to: string,
  style: CodeStyle,
): EditedText {
  return edited(
    file,
    (source) => {
      const entries = entriesAbout(source, table, from)
      if (entries === null) return null
      const key = jsKey(to, style)
      const places = entries.flatMap(({ first, value }) => {
        const token = source.tokens[first]
        // `{ name }` alone is the value, too.
        return token ? [{ ...token, by: value ? key : `${key}: ${token.text}` }] : []
      })
      return replacedAll(source.text, places)
    },
    { what: `The column ${from} is called ${to} now.`, code: null },
  )
}

/** Without it a condition would hold for other rows, so that only rows lose it. */
function removeColumn(file: EditedText, table: string, column: string): EditedText {
  const otherwise = { what: `There is no column ${column} any more.`, code: null }
  let result = file
  for (;;) {
    const source = sourceOf(result.text)
    const entries = source && entriesAbout(source, table, column)
    if (!source || !entries || entries.some(({ method }) => method !== 'bulkInsert'))
      return byHand(result, otherwise)
    const [entry] = entries
    if (!entry) return result
    result = { ...result, text: removed(source, entry) }
  }
}

function renameTable(file: EditedText, table: string, to: string, style: CodeStyle): EditedText {
  return edited(
    file,
    (source) => {
      const calls = rowsCalls(source).filter((call) => tableKey(call.table) === table)
      const places = calls.flatMap(({ name }) => {
        const token = source.tokens[name.first]
        return token ? [{ ...token, by: jsString(to, style) }] : []
      })
      return replacedAll(source.text, places)
    },
    { what: `The table is called ${to} now.`, code: null },
  )
}

interface Place {
  readonly start: number
  readonly end: number
  readonly by: string
}

function replacedAll(text: string, places: readonly Place[]): string {
  // A constant that several calls share is one place.
  const once = new Map(places.map((place) => [place.start, place]))
  return [...once.values()]
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, { start, end, by }) => result.slice(0, start) + by + result.slice(end), text)
}
