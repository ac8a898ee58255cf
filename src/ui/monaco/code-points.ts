/** The UTF-16 index of a 1-based code point offset, as PostgreSQL counts positions; past the end: the end. */
export function utf16Index(text: string, codePoint: number): number {
  let index = 0
  for (let seen = 1; seen < codePoint && index < text.length; seen += 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1
  }
  return index
}

/** The 1-based code point offset of a UTF-16 index. */
export function codePointOffset(text: string, index: number): number {
  let offset = 1
  for (let at = 0; at < index && at < text.length; offset += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  }
  return offset
}

const token = /"(?:[^"]|"")*"?|'(?:[^']|'')*'?|[\p{L}\p{N}_$]+|[^\s]/uy

/** The piece of text an error at `index` is about: the word, string or sign there; at the end, the last sign. */
export function errorSpan(text: string, index: number): { readonly start: number; readonly end: number } {
  const start = index < text.length ? index : Math.max(0, text.trimEnd().length - 1)
  token.lastIndex = start
  const found = token.exec(text)
  return { start, end: found ? start + found[0].length : Math.min(text.length, start + 1) }
}
