const literal =
  /^(?:[+-]?\d+(?:\.\d+)?|(?:[EBX])?'(?:[^']|'')*'|true|false|null|now\(\)|current_(?:date|timestamp))$/i
const cast =
  /::[a-z_"][\w".]*(?: (?:varying|precision|with(?:out)? time zone))?(?:\(\d+(?:,\s*\d+)?\))?(?:\[\])*$/i

/**
 * True when the expression surely has one value for all rows of a statement, so that PostgreSQL 11 and later add a
 * column with that default without a rewrite (docs ALTER TABLE, notes).
 */
export function isConstant(expression: string): boolean {
  let rest = expression.trim()
  for (;;) {
    if (literal.test(rest)) return true
    const bare = rest.replace(cast, '').trim()
    const inner =
      bare === rest && rest.startsWith('(') && rest.endsWith(')') ? rest.slice(1, -1).trim() : bare
    if (inner === rest) return false
    rest = inner
  }
}
