/** Lines from 1, both included. */
export interface LineRange {
  readonly from: number
  readonly to: number
}

/**
 * Where a step stands in a rendered migration: from the comment that begins with its title to the line before the next
 * empty one. Null when the file does not have it.
 */
export function linesOfStep(source: string, title: string): LineRange | null {
  const lines = source.split('\n')
  const wanted = title.split(/\s+/).join(' ')
  const from = lines.findIndex((line, index) => {
    const comment = /^\s*(?:\/\/|--) (.*)$/.exec(line)?.[1]
    if (comment === undefined || comment === '' || !wanted.startsWith(comment)) return false
    return comment === wanted || isComment(lines[index + 1] ?? '')
  })
  if (from < 0) return null
  const indent = indentOf(lines[from] ?? '')
  let to = from
  for (let at = from + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const next = lines[at + 1] ?? ''
    // Steps stand apart by an empty line; a function's body may have empty lines of its own.
    if (line.trim() === '' && indentOf(next) <= indent && isComment(next)) break
    if (line.trim() !== '' && indentOf(line) < indent) break
    to = at
  }
  return { from: from + 1, to: to + 1 }
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|--)/.test(line)
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0
}
