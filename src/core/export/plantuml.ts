import { isColumn } from '../kinds/column/column.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { crowsFeet, type DescribedColumn, describeTables, pathWords, plainWord } from './described-tables.ts'
import { markedKeys } from './diagram-keys.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, type Loss, lossesOf, pathOf } from './losses.ts'

/** An entity diagram of PlantUML: the primary key above the line, `*` before what must have a value. */
export function writePlantuml({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const idOf = pathWords(tables, alias)
  const renamed: Loss[] = []
  const lines = ['@startuml', `title ${oneLine(title)}`, 'hide circle', 'skinparam linetype ortho']
  // Else the signs + - # ~ that a name begins with are drawn as the visibility of a member.
  lines.push('skinparam classAttributeIconSize 0', '')
  for (const { table, path, columns } of tables) {
    const shown = path.replaceAll(/\s+/g, ' ').replaceAll('"', "'")
    if (shown !== path) renamed.push({ kind: kindOf(table).label, name: path, reason: `Written as ${shown}` })
    lines.push(`entity "${oneLine(shown)}" as ${idOf.get(table.id)} {`)
    for (const { column } of columns) {
      const reason = `Written as ${memberName(column.name)}`
      if (memberName(column.name) !== column.name)
        renamed.push({ kind: kindOf(column).label, name: pathOf(column, schema), reason })
    }
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
  return [`${isRequired ? '* ' : ''}${line(oneLine(memberName(column.name)))} : ${type}`, ...marks].join(' ')
}

/** A line that ends a note would end it too early. */
function noteLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((own) => `  ${line(/^\s*end ?note/i.test(own) ? `~${own.trim()}` : uncommented(own))}`)
}

/** Without modifiers of members, which would be taken away. */
function memberName(name: string): string {
  return name.replaceAll(/\{(?=(static|abstract|classifier|field|method)\})/gi, '{ ')
}

/** A line that is no comment, no directive and no end, whatever it begins with. */
function line(text: string): string {
  return text.replace(/^(\s*)(['!@])/, (_, space: string, sign: string) => `${space}${code(sign)}`)
}

function uncommented(text: string): string {
  return text.replaceAll("/'", `/${code("'")}`)
}

/** A sign by its number: https://plantuml.com/unicode */
function code(sign: string): string {
  return `<U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`
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
  const escaped = text.replaceAll(/\s+/g, ' ').replaceAll(/\*\*|__|\/\/|""|--|~~|<(?=[a-z/&$:#])/gi, '~$&')
  return uncommented(escaped)
}
