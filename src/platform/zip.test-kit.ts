interface ReadEntry {
  readonly path: string
  readonly text: string
  readonly crc: number
  /** "2026-11-22 14:30:06" */
  readonly at: string
}

/** Reads an archive of uncompressed texts as an unpacker does: from the directory at its end. Throws for another. */
export function readZip(archive: Buffer): readonly ReadEntry[] {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  if (end < 0) throw new Error('No archive')
  let at = archive.readUInt32LE(end + 16)
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const nameLength = archive.readUInt16LE(at + 28)
    const local = archive.readUInt32LE(at + 42)
    const size = archive.readUInt32LE(at + 24)
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const entry = {
      path: archive.toString('utf8', at + 46, at + 46 + nameLength),
      text: archive.toString('utf8', data, data + size),
      crc: archive.readUInt32LE(local + 14),
      at: dosText(archive.readUInt16LE(at + 12), archive.readUInt16LE(at + 14)),
    }
    if (archive.readUInt32LE(at) !== 0x02014b50 || archive.readUInt32LE(local) !== 0x04034b50) {
      throw new Error(`Not an entry: ${entry.path}`)
    }
    at += 46 + nameLength
    return entry
  })
}

function dosText(time: number, date: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`
  return `${day} ${two(time >> 11)}:${two((time >> 5) & 63)}:${two((time & 31) * 2)}`
}
