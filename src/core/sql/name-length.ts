/** PostgreSQL cuts longer names (NAMEDATALEN - 1, docs 4.1.1). In bytes of UTF-8. */
export const maxNameBytes = 63

/** Length in bytes of UTF-8, as PostgreSQL counts a name. */
export function byteLength(text: string): number {
  let bytes = 0
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** The longest beginning of `name` that PostgreSQL keeps, without splitting a letter. */
export function fitName(name: string, maxBytes = maxNameBytes): string {
  let kept = ''
  let bytes = 0
  for (const letter of name) {
    bytes += byteLength(letter)
    if (bytes > maxBytes) break
    kept += letter
  }
  return kept
}
