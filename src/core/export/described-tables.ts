import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import { edgeViews } from '../layout/edge-view.ts'
import { uniqueKeysOf } from '../layout/unique-keys.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectId } from '../model/object.ts'
import { displayPgType, type PgType } from '../model/pg-type.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { typeName } from '../sql/names.ts'
import { pathOf } from './losses.ts'
import { domainRules } from './row-types.ts'

/** A column with what its table's constraints say of it. */
export interface DescribedColumn {
  readonly column: Column
  /** As SQL writes it, short: `varchar(20)`. */
  readonly type: string
  readonly isPrimary: boolean
  readonly isForeign: boolean
  /** No two rows have the same value in it alone. */
  readonly isUnique: boolean
  readonly isRequired: boolean
}

export interface DescribedTable {
  readonly table: Table
  /** With its schema, unless that is `public`; unquoted. */
  readonly path: string
  readonly columns: readonly DescribedColumn[]
}

/** Every table, by name. */
export function describeTables(schema: Schema): readonly DescribedTable[] {
  return schema
    .all(isTable)
    .map((table) => ({ table, path: pathOf(table, schema), columns: describeColumns(table, schema) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function describeColumns(table: Table, schema: Schema): readonly DescribedColumn[] {
  const primary = new Set(schema.childrenOf(table.id, isPrimaryKey).flatMap(({ columns }) => columns))
  const foreign = new Set(schema.childrenOf(table.id, isForeignKey).flatMap(({ columns }) => columns))
  const unique = new Set(uniqueKeysOf(table.id, schema).flatMap((key) => (key.length === 1 ? key : [])))
  return schema.childrenOf(table.id, isColumn).map((column) => ({
    column,
    type: typeText(column.type, schema),
    isPrimary: primary.has(column.id),
    isForeign: foreign.has(column.id),
    isUnique: unique.has(column.id),
    isRequired: column.notNull || primary.has(column.id) || domainRules(column.type, schema).isRequired,
  }))
}

/** As SQL writes it, short: `varchar(20)`. */
export function typeText(type: PgType, schema: Schema): string {
  return displayPgType(type, () => typeName({ ...type, modifiers: '', dimensions: 0 }, schema))
}

/** For each name a word that none of the others has: what `wordOf` makes of it, with a number where that is taken. */
export function distinctWords(
  names: readonly string[],
  wordOf: (name: string) => string = plainWord,
): readonly string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const plain = wordOf(name)
    let word = plain
    for (let next = 2; taken.has(word); next += 1) word = `${plain}_${next}`
    taken.add(word)
    return word
  })
}

/** Letters, digits and `_` alone. */
export function plainWord(name: string): string {
  return name.replaceAll(/[^\p{L}\p{Nd}_]+/gu, '_').replace(/^(?=\p{N})|^$/u, '_')
}

/** By table, a word of its own that stands for it. */
export function pathWords(
  tables: readonly DescribedTable[],
  wordOf: (path: string) => string = (path) => path,
): ReadonlyMap<ObjectId, string> {
  const words = distinctWords(
    tables.map(({ path }) => path),
    wordOf,
  )
  return new Map(tables.map(({ table, path }, index) => [table.id, words[index] ?? path]))
}

/** Foreign keys as Mermaid and PlantUML both write them, `users ||--o{ posts`, with the columns that refer, and those referred to where they are no primary key. */
export function crowsFeet(
  document: SchemaDocument,
  idOf: ReadonlyMap<ObjectId, string>,
): readonly { readonly ends: string; readonly label: string }[] {
  const schema = schemaOf(document)
  return [...edgeViews(document, document, new Map()).values()].map((edge) => {
    const { fromTable, toTable, fromColumns, toColumns, child, parent } = edge
    const names = (columns: readonly ObjectId[]) =>
      columns.map((column) => schema.find(column, isColumn)?.name ?? '').join(', ')
    const primary = schema.childrenOf(toTable, isPrimaryKey)[0]?.columns
    const isUsual = sameValue(primary, toColumns)
    const feet = `${parent.optional ? '|o' : '||'}--${child.many ? 'o{' : 'o|'}`
    return {
      ends: `${idOf.get(toTable)} ${feet} ${idOf.get(fromTable)}`,
      label: isUsual ? names(fromColumns) : `${names(fromColumns)} → ${names(toColumns)}`,
    }
  })
}
