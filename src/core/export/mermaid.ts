import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { isUnique } from '../kinds/unique/unique.kind.ts'
import { edgeViews } from '../layout/edge-view.ts'
import { schemaOf } from '../model/schema.ts'
import { type DescribedColumn, describeTables, plainWords } from './described-tables.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf } from './losses.ts'

/** An erDiagram of Mermaid: tables, columns and keys, with crow's feet from nullability and uniqueness. */
export function writeMermaid({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const ids = plainWords(tables.map(({ path }) => path))
  const idOf = new Map(tables.map(({ table, path }) => [table.id, ids.get(path) ?? path]))
  const lines = ['---', `title: ${JSON.stringify(title)}`, '---', 'erDiagram']
  for (const { path, columns } of tables) {
    const id = ids.get(path) ?? path
    lines.push(`  ${id}${id === path ? '' : `["${quoted(path)}"]`} {`)
    const names = plainWords(columns.map(({ column }) => column.name))
    for (const column of columns) lines.push(`    ${attribute(column, names)}`)
    lines.push('  }')
  }
  for (const { fromTable, toTable, fromColumns, child, parent } of edgeViews(
    document,
    document,
    new Map(),
  ).values()) {
    const ends = `${parent.optional ? '|o' : '||'}--${child.many ? 'o{' : 'o|'}`
    const label = fromColumns.map((column) => schema.find(column, isColumn)?.name ?? '').join(', ')
    lines.push(`  ${idOf.get(toTable)} ${ends} ${idOf.get(fromTable)} : "${quoted(label)}"`)
  }
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
