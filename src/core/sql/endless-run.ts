import { Scanner } from './scanner.ts'

/** Operators have at most 63 characters (docs 4.1.3), and no person nests comments so deep. */
const longest = 500

const operatorCharacters = '[-+*/<>=~!@#%^&|`?]'
const isRun = new RegExp(`${operatorCharacters}{${longest}}`)
const isOperator = new RegExp(operatorCharacters)

/**
 * Where operators or comments adjoin without end, if they do: PostgreSQL's scanner reads such a run again from each of
 * its characters, for hours in a large text. Not to be run or parsed.
 */
export function endlessRun(
  sql: string,
): { readonly what: 'operator' | 'comment'; readonly at: number } | null {
  if (!isRun.test(sql)) return null
  const scanner = new Scanner(sql, 0)
  let start = 0
  let end = -1
  for (let token = scanner.next(); token !== null; token = scanner.next()) {
    if (scanner.nesting > longest) return { what: 'comment', at: scanner.start }
    if (token !== 'other' || !isOperator.test(scanner.text())) continue
    if (end !== scanner.start) start = scanner.start
    end = scanner.end
    if (end - start > longest) return { what: 'operator', at: start }
  }
  return null
}
