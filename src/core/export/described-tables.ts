import { type Column, isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable, type Table } from '../kinds/table/table.kind.ts'
import { uniqueKeysOf } from '../layout/unique-keys.ts'
import { displayPgType } from '../model/pg-type.ts'
import type { Schema } from '../model/schema.ts'
import { typeName } from '../sql/names.ts'
import { pathOf } from './losses.ts'

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
    type: displayPgType(column.type, () =>
      typeName({ ...column.type, modifiers: '', dimensions: 0 }, schema),
    ),
    isPrimary: primary.has(column.id),
    isForeign: foreign.has(column.id),
    isUnique: unique.has(column.id),
    isRequired: column.notNull || primary.has(column.id),
  }))
}

/** Words that no two of the names share, made of letters, digits and `_` alone; the same list gives the same words. */
export function plainWords(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    names.map((name) => {
      const plain = name.replaceAll(/[^\p{L}\p{N}_]+/gu, '_').replace(/^(?=\p{N})|^$/u, '_')
      let word = plain
      for (let next = 2; taken.has(word); next += 1) word = `${plain}_${next}`
      taken.add(word)
      return [name, word]
    }),
  )
}
