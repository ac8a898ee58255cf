import { isColumn } from '../kinds/column/column.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import type { ObjectBase } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import {
  crowsFeet,
  type DescribedColumn,
  describeTables,
  distinctWords,
  pathWords,
} from './described-tables.ts'
import { markedKeys } from './diagram-keys.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, type Loss, lossesOf, pathOf } from './losses.ts'

/** An erDiagram of Mermaid: tables, columns and keys, with crow's feet from nullability and uniqueness. */
export function writeMermaid({ document, title }: ExportSource): Exported {
  const schema = schemaOf(document)
  const tables = describeTables(schema)
  const wordOf = pathWords(tables, quoted)
  const lines = ['---', `title: ${JSON.stringify(title)}`, '---', 'erDiagram']
  const renamed: Loss[] = []
  const compare = (object: ObjectBase, own: string, written: string) => {
    if (own === written) return
    renamed.push({
      kind: kindOf(object).label,
      name: pathOf(object, schema),
      reason: `Written as ${written}`,
    })
  }
  for (const { table, path, columns } of tables) {
    const word = wordOf.get(table.id) ?? path
    compare(table, path, word)
    lines.push(`  ${entity(word)} {`)
    const names = distinctWords(
      columns.map(({ column }) => column.name),
      attributeWord,
    )
    for (const [index, described] of columns.entries()) {
      const name = names[index] ?? ''
      compare(described.column, described.column.name, name)
      lines.push(`    ${attribute(described, name)}`)
    }
    lines.push('  }')
  }
  const entities = new Map([...wordOf].map(([id, word]) => [id, entity(word)]))
  for (const { ends, label } of crowsFeet(document, entities)) lines.push(`  ${ends} : "${quoted(label)}"`)
  const losses = lossesOf(schema, 'Mermaid', [
    holds(isTable),
    holds(isColumn, 'type', 'notNull', 'comment'),
    ...markedKeys(schema),
  ])
  return { text: `${lines.join('\n')}\n`, losses: [...losses, ...renamed] }
}

function attribute(
  { column, type, isPrimary, isForeign, isUnique: isSole }: DescribedColumn,
  name: string,
): string {
  // A type is one word there: letters, digits, `-`, `_`, brackets and parentheses.
  const word = type.replaceAll(/, ?/g, '-').replaceAll(/[^\w\u00C0-\uFFFF()[\]-]+/g, '_')
  const marks = [...(isPrimary ? ['PK'] : []), ...(isForeign ? ['FK'] : [])]
  if (isSole && !isPrimary) marks.push('UK')
  // There is no mark for it.
  const said = [column.notNull && !isPrimary ? 'not null' : '', column.comment ?? '']
    .filter(Boolean)
    .join('. ')
  const comment = said === '' ? '' : ` "${quoted(said)}"`
  const key = marks.length === 0 ? '' : ` ${marks.join(', ')}`
  return `${unlikeMark(word)} ${name}${key}${comment}`
}

/** Words of the language are quoted, and whatever is no plain word. */
function entity(word: string): string {
  const isPlain = /^[A-Za-z_]\w*$/.test(word)
  const isTaken =
    /^(end|class|classdef|style|subgraph|one|only|many|zero|optionally|to|u|erdiagram|acctitle|accdescr)$/i
  return isPlain && !isTaken.test(word) ? word : `"${word}"`
}

/** Signs that its lexer takes for a word: of those beyond ASCII the ones from U+00C0 on. */
function attributeWord(name: string): string {
  return unlikeMark(name.replaceAll(/[^\w\u00C0-\uFFFF]+/g, '_').replace(/^(?=[\d])|^$/, '_'))
}

/** A name that is the word of a key's mark gets another end. */
function unlikeMark(word: string): string {
  return /^[pfu]k$/i.test(word) ? `${word}_` : word
}

/** Quoted text there has no escapes, some signs end it, and its lexer takes a direction for a command wherever it is. */
function quoted(text: string): string {
  return text
    .replaceAll(/["`]/g, "'")
    .replaceAll('\\', '/')
    .replaceAll(/[%\s\b]+/g, ' ')
    .replaceAll(/(direction) (?=tb|bt|rl|lr)/gi, '$1-')
}
