import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { isUnique } from '../kinds/unique/unique.kind.ts'
import { schemaOf } from '../model/schema.ts'
import {
  crowsFeet,
  type DescribedColumn,
  describeTables,
  plainWords,
  tableWords,
} from './described-tables.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf } from './losses.ts'

/** An erDiagram of Mermaid: tables, columns and keys, with crow's feet from nullability and uniqueness. */
export function writeMermaid({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const idOf = tableWords(tables)
  const lines = ['---', `title: ${JSON.stringify(title)}`, '---', 'erDiagram']
  for (const { table, path, columns } of tables) {
    const id = idOf.get(table.id) ?? path
    lines.push(`  ${id}${id === path ? '' : `["${quoted(path)}"]`} {`)
    const names = plainWords(columns.map(({ column }) => column.name))
    for (const column of columns) lines.push(`    ${attribute(column, names)}`)
    lines.push('  }')
  }
  for (const { ends, label } of crowsFeet(document, idOf)) lines.push(`  ${ends} : "${quoted(label)}"`)
  const losses = lossesOf(schema, 'Mermaid', [
    holds(isTable),
    holds(isColumn, 'type', 'comment'),
    holds(isPrimaryKey, 'columns'),
    holds(isUnique, 'columns'),
    holds(isForeignKey, 'columns', 'referencedTable', 'referencedColumns'),
  ])
  return { text: `${lines.join('\n')}\n`, losses }
}

function attribute(
  { column, type, isPrimary, isForeign, isUnique: isSole }: DescribedColumn,
  names: ReadonlyMap<string, string>,
): string {
  // A type is one word there: letters, digits, `-`, `_`, brackets and parentheses.
  const word = type.replaceAll(/, ?/g, '-').replaceAll(/[^\p{L}\p{N}_()[\]-]+/gu, '_')
  const marks = [...(isPrimary ? ['PK'] : []), ...(isForeign ? ['FK'] : [])]
  if (isSole && !isPrimary) marks.push('UK')
  const comment = column.comment === null ? '' : ` "${quoted(column.comment)}"`
  const key = marks.length === 0 ? '' : ` ${marks.join(', ')}`
  return `${word} ${names.get(column.name) ?? column.name}${key}${comment}`
}

/** Quoted text there has no escapes, and some signs end it. */
function quoted(text: string): string {
  return text
    .replaceAll(/["`]/g, "'")
    .replaceAll('\\', '/')
    .replaceAll(/[%\s]+/g, ' ')
}
