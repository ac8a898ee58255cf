interface TarFile {
  readonly name: string
  readonly data: Uint8Array
}

const block = 512

/** The regular files of a tar archive (POSIX ustar, without long-name extensions). */
export function untar(archive: Uint8Array): readonly TarFile[] {
  const files: TarFile[] = []
  let offset = 0
  while (offset + block <= archive.length && archive[offset] !== 0) {
    const name = text(archive, offset, 100)
    const size = Number.parseInt(text(archive, offset + 124, 12), 8)
    const type = text(archive, offset + 156, 1)
    const start = offset + block
    if (type === '0' || type === '') files.push({ name, data: archive.slice(start, start + size) })
    offset = start + Math.ceil(size / block) * block
  }
  return files
}

function text(bytes: Uint8Array, offset: number, length: number): string {
  const field = bytes.subarray(offset, offset + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end)).trim()
}
