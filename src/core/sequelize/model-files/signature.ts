/** What Relata writes above a file of its own, before the sum of the rest. */
const mark = '// Written by Relata. While this is its sum, Relata keeps the file in step:'

/** The source with a line above it by which Relata knows it as its own for as long as nobody else changes it. */
export function signed(source: string): string {
  return `${mark} ${sumOf(source)}\n${source}`
}

/** The source below its signature; null where nobody signed it, or somebody changed it since. */
export function ownSource(text: string): string | null {
  const plain = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '')
  if (!plain.startsWith(mark)) return null
  const end = plain.indexOf('\n')
  const source = plain.slice(end + 1)
  return plain.slice(mark.length, end).trim() === sumOf(source) ? source : null
}

/** FNV-1a of 64 bits over UTF-16 code units: it tells a change by hand, and nobody has a reason to forge it. */
function sumOf(text: string): string {
  let sum = 0xcbf29ce484222325n
  for (let at = 0; at < text.length; at += 1) {
    sum = ((sum ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return sum.toString(16).padStart(16, '0')
}
