import { Scanner } from '../sql/scanner.ts'
import { padding, usualCode } from './code-style.ts'
import { templateText } from './js-value.ts'

/**
 * A statement between backticks: on one line where it has one, otherwise indented. Lines that begin inside a string,
 * a quoted name or a function body keep their exact text, since spaces there mean something.
 */
export function sqlTemplate(sql: string, indent: number, style = usualCode): string {
  if (!sql.includes('\n')) return `\`${templateText(sql)}\``
  const pad = padding(indent, style)
  const inner = padding(indent + 2, style)
  const exact = exactLineStarts(sql)
  const lines: string[] = []
  let start = 0
  for (const text of sql.split('\n')) {
    const keep = exact.has(start) || text.trim() === ''
    lines.push(keep ? templateText(text) : `${inner}${templateText(text)}`)
    start += text.length + 1
  }
  return `\`\n${lines.join('\n')}\n${pad}\``
}

/** Offsets of the lines that begin inside a quoted token. */
function exactLineStarts(sql: string): ReadonlySet<number> {
  const starts = new Set<number>()
  const scanner = new Scanner(sql, 0)
  for (let token = scanner.next(); token !== null; token = scanner.next()) {
    if (token !== 'quoted' && token !== 'unclosed') continue
    for (
      let at = sql.indexOf('\n', scanner.start);
      at >= 0 && at < scanner.end;
      at = sql.indexOf('\n', at + 1)
    ) {
      starts.add(at + 1)
    }
  }
  return starts
}
