import { isColumn } from '../kinds/column/column.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { crowsFeet, type DescribedColumn, describeTables, pathWords, plainWord } from './described-tables.ts'
import { markedKeys } from './diagram-keys.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, type Loss, lossesOf } from './losses.ts'

/** An entity diagram of PlantUML: the primary key above the line, `*` before what must have a value. */
export function writePlantuml({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const idOf = pathWords(tables, alias)
  const renamed: Loss[] = []
  const lines = ['@startuml', `title ${oneLine(title)}`, 'hide circle', 'skinparam linetype ortho', '']
  for (const { table, path, columns } of tables) {
    const shown = path.replaceAll(/\s+/g, ' ').replaceAll('"', "'")
    if (shown !== path) renamed.push({ kind: kindOf(table).label, name: path, reason: `Written as ${shown}` })
    lines.push(`entity "${oneLine(shown)}" as ${idOf.get(table.id)} {`)
    const primary = columns.filter(({ isPrimary }) => isPrimary)
    for (const column of primary) lines.push(`  ${field(column)}`)
    // Without a line of its own PlantUML sets apart what has parentheses, as the methods of a class.
    lines.push('  --')
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
    ...markedKeys(schema),
  ])
  return { text: `${lines.join('\n')}\n`, losses: [...losses, ...renamed] }
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

/** The word that lines about a table begin with: not one that begins a line of the language. */
function alias(path: string): string {
  const word = plainWord(path)
  return commands.test(word) ? `${word}_` : word
}

const commands =
  /^(abstract|annotation|caption|circle|class|diamond|end|entity|enum|exception|footer|header|hide|interface|left|legend|mainframe|metaclass|namespace|newpage|note|object|package|protocol|remove|restore|right|rotate|scale|set|show|skinparam|static|stereotype|struct|style|title|together|top|bottom)$/i

/** On one line, its signs that would be Creole or HTML escaped. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/\*\*|__|\/\/|""|--|~~|<(?=[a-z/&$:#])/gi, '~$&')
}
