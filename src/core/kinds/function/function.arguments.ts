import { isBuiltInType, parsePgType, printPgType } from '../../model/pg-type.ts'

const unresolved = () => null

/**
 * The types that tell a function from its namesakes: those of its input arguments, without names, modes, defaults and
 * lengths. A user type is taken as it is written.
 */
export function argumentTypes(text: string): readonly string[] {
  return splitList(text).flatMap((argument) => {
    const bare = withoutDefault(argument).replace(/^(in\s+out|inout|in|variadic)\s+/i, '')
    if (/^(out|table)\s+/i.test(bare)) return []
    const whole = parsePgType(bare, unresolved)
    if (isBuiltInType(whole)) return [withoutLength(bare)]
    const named = /^("(?:[^"]|"")+"|[^\s"]+)\s+(\S[\s\S]*)$/.exec(bare)
    return [withoutLength(named?.[2] ?? bare)]
  })
}

function withoutLength(type: string): string {
  const parsed = parsePgType(type, unresolved)
  return printPgType({ ...parsed, modifiers: '', dimensions: Math.min(parsed.dimensions, 1) }, () => '')
}

function withoutDefault(argument: string): string {
  const parts = pieces(argument)
  const at = parts.findIndex((part) => part === '=' || part === ':' || /^default$/i.test(part))
  return (at < 0 ? argument : parts.slice(0, at).join('')).trim()
}

/** The parts of a list that are separated by commas outside of parentheses, brackets and quotes. */
export function splitList(text: string): readonly string[] {
  const items: string[] = []
  let depth = 0
  let item = ''
  for (const piece of pieces(text)) {
    if (piece === '(' || piece === '[') depth += 1
    if (piece === ')' || piece === ']') depth -= 1
    if (piece === ',' && depth === 0) {
      items.push(item.trim())
      item = ''
    } else item += piece
  }
  return item.trim() === '' && items.length === 0 ? [] : [...items, item.trim()]
}

/** Quoted runs and words as one piece, everything else letter by letter. */
function pieces(text: string): readonly string[] {
  return text.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w$\u0080-\uffff]+|[\s\S]/g) ?? []
}
