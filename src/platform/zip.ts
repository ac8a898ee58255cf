/** A text under its path in an archive: `migrations/contract/drop.js`. */
export interface ZipEntry {
  readonly path: string
  readonly text: string
}

/**
 * An archive of texts, not compressed (APPNOTE.TXT 4.3). `at` is the time of all entries, in UTC: the format has no
 * time zones and an even number of seconds.
 */
export function zip(entries: readonly ZipEntry[], at: Date): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { path, text } of entries) {
    const name = encoder.encode(path)
    const data = encoder.encode(text)
    const common = [
      [20, 2],
      [utf8Names, 2],
      [0, 2],
      ...dosTime(at),
      [crc32(data), 4],
      [data.length, 4],
      [data.length, 4],
      [name.length, 2],
      [0, 2],
    ] as const
    const local = joined([numbers([[0x04034b50, 4], ...common]), name, data])
    directory.push(
      numbers([[0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]),
      name,
    )
    files.push(local)
    offset += local.length
  }
  const listing = joined(directory)
  const count = entries.length
  const end = numbers([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [listing.length, 4],
    [offset, 4],
    [0, 2],
  ])
  return joined([...files, listing, end])
}

const encoder = new TextEncoder()

/** General purpose bit 11: names are UTF-8. */
const utf8Names = 1 << 11

/** Little-endian numbers of so many bytes each. */
function numbers(values: readonly (readonly [value: number, bytes: number])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    values.flatMap(([value, bytes]) =>
      Array.from({ length: bytes }, (_, index) => (value >>> (8 * index)) & 255),
    ),
  )
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function dosTime(at: Date): readonly (readonly [number, number])[] {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return [
    [time, 2],
    [date, 2],
  ]
}

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return rest
})

/** The sum that an archive keeps of each file. */
export function crc32(data: Uint8Array): number {
  let crc = ~0
  for (const byte of data) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 255] ?? 0)
  return ~crc >>> 0
}
