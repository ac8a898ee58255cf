import type { Problem } from '../../core/model/problem.ts'
import { codePointOffset, utf16Index } from '../../ui/monaco/code-points.ts'

/**
 * Where in a field's text PostgreSQL's complaint is (1-based code points), from its place in the whole statement; null
 * when it is elsewhere or the statement does not hold the text as it stands.
 */
export function positionInField(problem: Problem, text: string): number | null {
  const { sql, position } = problem
  if (sql === undefined || position === undefined || text === '') return null
  const at = utf16Index(sql, position)
  for (let start = sql.indexOf(text); start >= 0; start = sql.indexOf(text, start + 1)) {
    if (at >= start && at <= start + text.length) return codePointOffset(text, at - start)
  }
  return null
}
