import { isType } from '../../core/kinds/registry.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import { builtInTypes } from '../../core/model/pg-type.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { qualifiedName } from '../../core/sql/names.ts'

/** A word offered for the place of the caret. */
export interface Completion {
  readonly insert: string
  /** What stands there now, to be replaced. */
  readonly typed: string
  readonly start: number
  readonly hint?: string
}

const mostOffered = 8
const usualLengths: Readonly<Record<string, string>> = {
  varchar: 'varchar(255)',
  numeric: 'numeric(12,2)',
  char: 'char(2)',
}
const afterType = ['not null', 'default', 'unique', 'primary key', 'references', 'generated always as (']

/** What can follow in a column definition: types after the name, clauses after the type, tables after REFERENCES. */
export function completionsAt(text: string, caret: number, document: SchemaDocument): readonly Completion[] {
  const before = text.slice(0, caret)
  const name = /^\s*("(?:[^"]|"")*"|\S+)\s+/.exec(before)?.[0]
  if (name === undefined) return []
  const rest = before.slice(name.length)
  const typed = /[\w]*$/.exec(rest)?.[0] ?? ''
  const start = caret - typed.length
  const offer = (values: readonly string[], hint?: string): readonly Completion[] =>
    rank(values, typed).map((insert) => ({ insert, typed, start, ...(hint === undefined ? {} : { hint }) }))
  const schema = schemaOf(document)
  if (/\breferences\s+\w*$/i.test(rest)) {
    return offer(schema.all(isTable).map((table) => qualifiedName(table, schema)))
  }
  if (/^\w*$/.test(rest)) {
    const own = [...document.objects.values()].filter(isType)
    const offered = own.flatMap((type) => offer([qualifiedName(type, schema)], type.kind))
    return [...offered, ...offer(builtInTypes.map((type) => usualLengths[type] ?? type))].slice(
      0,
      mostOffered,
    )
  }
  if (!/[)\w\]]\s+\w+$/.test(rest)) return []
  const clauses = afterType.filter((clause) => clause.startsWith(typed.toLowerCase()))
  return clauses.map((insert) => ({ insert, typed, start }))
}

function rank(values: readonly string[], typed: string): readonly string[] {
  const wanted = typed.toLowerCase()
  const starts = values.filter((value) => value.toLowerCase().startsWith(wanted))
  const holds = wanted === '' ? [] : values.filter((value) => value.toLowerCase().indexOf(wanted) > 0)
  return [...starts, ...holds].slice(0, mostOffered)
}

/** The text with the word put in, and where the caret goes: into the parentheses, to change the usual length. */
export function insertCompletion(
  text: string,
  { insert, typed, start }: Completion,
): { readonly text: string; readonly caret: number } {
  return {
    text: text.slice(0, start) + insert + text.slice(start + typed.length),
    caret: start + insert.length,
  }
}
