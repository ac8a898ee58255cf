import type { Problem } from '../../core/model/problem.ts'
import { codePointOffset, utf16Index } from '../../ui/monaco/code-points.ts'

/**
 * Where in a field's text PostgreSQL's complaint is (1-based code points), from its place in the whole statement, or,
 * where PostgreSQL gives none (ALTER TABLE … ADD CHECK), from the name in its message; null when it is elsewhere.
 */
export function positionInField(problem: Problem, text: string): number | null {
  const { sql, position } = problem
  if (sql === undefined || text === '') return null
  if (position === undefined) return namedPosition(problem.message, text)
  const at = utf16Index(sql, position)
  for (let start = sql.indexOf(text); start >= 0; start = sql.indexOf(text, start + 1)) {
    if (at >= start && at <= start + text.length) return codePointOffset(text, at - start)
  }
  return null
}

/** The first place of a name that the message quotes: `column "amnt" does not exist`. */
function namedPosition(message: string, text: string): number | null {
  for (const [, quoted = ''] of message.matchAll(/"([^"]+)"/g)) {
    const name = quoted.split('.').at(-1) ?? quoted
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const found = new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`, 'u').exec(text)
    if (found) return codePointOffset(text, found.index)
  }
  return null
}
