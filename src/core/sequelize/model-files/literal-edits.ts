import { entriesOf, indentAt, isMark, lineStart, partsOf, type Source, type Span } from './js-structure.ts'

/** Puts other text in place of tokens. */
export function replaced({ text, tokens }: Source, { first, last }: Span, by: string): string {
  const start = tokens[first]?.start ?? 0
  return text.slice(0, start) + by + text.slice(tokens[last]?.end ?? start)
}

/**
 * Adds an entry to the object or list that opens there: behind the one of that key, else at its end, set as its
 * neighbours are. Lines of the entry after its first one are indented as if it stood at the beginning of a line.
 */
export function inserted(
  source: Source,
  open: number,
  entry: string,
  indent: string,
  after: string | null = null,
): string {
  const { text, tokens, partners } = source
  const end = partners.get(open) ?? open
  const parts = source.tokens[open]?.text === '{' ? entriesOf(source, open) : partsOf(source, open)
  const behind = entriesOf(source, open).find(({ key }) => key !== null && key === after) ?? parts.at(-1)
  const [begin, close] = [tokens[open]?.end ?? 0, tokens[end]?.start ?? 0]
  const isBroken = text.slice(begin, close).includes('\n')
  if (!behind) {
    const outer = indentAt(text, begin)
    return `${text.slice(0, begin)}\n${indented(entry, outer + indent)},\n${outer}${text.slice(close)}`
  }
  const place = tokens[behind.last]?.end ?? begin
  const hasComma = isMark(source, behind.last + 1, ',')
  const comma = hasComma ? (tokens[behind.last + 1]?.end ?? place) : place
  if (!isBroken) {
    const closes = behind === parts.at(-1)
    return hasComma && !closes
      ? `${text.slice(0, comma)} ${entry},${text.slice(comma)}`
      : `${text.slice(0, place)}, ${entry}${text.slice(place)}`
  }
  const pad = indentAt(text, tokens[behind.first]?.start ?? begin)
  // A comment at the end of the line belongs to what stands there.
  const line = /^[^\n]*/.exec(text.slice(comma))?.[0] ?? ''
  const rest = /^\s*(?:\/\/.*)?$/.test(line) ? comma + line.length : comma
  const isLast = behind === parts.at(-1)
  const tail = isLast && !hasComma ? '' : ','
  return `${text.slice(0, place)},${text.slice(comma, rest)}\n${indented(entry, pad)}${tail}${text.slice(rest)}`
}

/** Takes an entry out, with its line where it has one of its own. */
export function removed({ text, tokens, ...source }: Source, { first, last }: Span): string {
  const whole = { text, tokens, ...source }
  const start = tokens[first]?.start ?? 0
  const hasComma = isMark(whole, last + 1, ',')
  const end = (hasComma ? tokens[last + 1]?.end : tokens[last]?.end) ?? start
  const line = lineStart(text, start)
  const rest = /^[ \t]*(?:\/\/[^\n]*)?(?:\n|$)/.exec(text.slice(end))?.[0]
  if (text.slice(line, start).trim() === '' && rest !== undefined) {
    return text.slice(0, line) + text.slice(end + rest.length)
  }
  if (hasComma) return text.slice(0, start) + text.slice(end).replace(/^[ \t]+/, '')
  // The last of a line: its comma stands before it.
  const before = isMark(whole, first - 1, ',') ? (tokens[first - 1]?.start ?? start) : start
  return text.slice(0, before) + text.slice(end)
}

/** Every line behind that space. */
export function indented(text: string, space: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : space + line))
    .join('\n')
}

/** Adds a statement at the end of the body that opens there; null where that holds others on one line. */
export function appended(source: Source, open: number, statement: string, indent: string): string | null {
  const { text, tokens, partners } = source
  const begin = tokens[open]?.end ?? 0
  const close = tokens[partners.get(open) ?? open]?.start ?? begin
  const outer = indentAt(text, close)
  const inner = text.slice(begin, close)
  const line = indented(statement, outer + indent)
  if (inner.trim() === '') return `${text.slice(0, begin)}\n${line}\n${outer}${text.slice(close)}`
  const start = lineStart(text, close)
  if (text.slice(start, close).trim() !== '' || !inner.includes('\n')) return null
  return `${text.slice(0, start)}${line}\n${text.slice(start)}`
}
