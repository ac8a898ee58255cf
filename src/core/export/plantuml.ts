import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { isUnique } from '../kinds/unique/unique.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { crowsFeet, type DescribedColumn, describeTables, tableWords } from './described-tables.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf } from './losses.ts'

/** An entity diagram of PlantUML: the primary key above the line, `*` before what must have a value. */
export function writePlantuml({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const idOf = tableWords(tables)
  const lines = ['@startuml', `title ${oneLine(title)}`, 'hide circle', 'skinparam linetype ortho', '']
  for (const { table, path, columns } of tables) {
    lines.push(`entity "${oneLine(path).replaceAll('"', "'")}" as ${idOf.get(table.id)} {`)
    const primary = columns.filter(({ isPrimary }) => isPrimary)
    for (const column of primary) lines.push(`  ${field(column)}`)
    if (primary.length > 0) lines.push('  --')
    for (const column of columns) if (!column.isPrimary) lines.push(`  ${field(column)}`)
    lines.push('}')
    if (table.comment !== null) {
      lines.push(`note top of ${idOf.get(table.id)}`, ...noteLines(table.comment), 'end note')
    }
    lines.push('')
  }
  for (const { ends, label } of crowsFeet(document, idOf)) lines.push(`${ends} : ${oneLine(label)}`)
  lines.push('@enduml')
  const losses = lossesOf(schema, 'PlantUML', [
    holds(isTable, 'comment'),
    holds(isColumn, 'type', 'notNull'),
    holds(isPrimaryKey, 'columns'),
    holds(isUnique, 'columns'),
    holds(isForeignKey, 'columns', 'referencedTable', 'referencedColumns'),
  ])
  return { text: `${lines.join('\n')}\n`, losses }
}

function field({
  column,
  type,
  isRequired,
  isPrimary,
  isForeign,
  isUnique: isSole,
}: DescribedColumn): string {
  const marks = [
    ...(isPrimary ? ['<<PK>>'] : []),
    ...(isForeign ? ['<<FK>>'] : []),
    ...(isSole && !isPrimary ? ['<<UK>>'] : []),
  ]
  return [`${isRequired ? '* ' : ''}${oneLine(column.name)} : ${type}`, ...marks].join(' ')
}

/** A line that ends a note would end it too early. */
function noteLines(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${/^\s*end ?note/i.test(line) ? `~${line.trim()}` : line}`)
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
