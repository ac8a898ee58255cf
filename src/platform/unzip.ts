import { joinPath } from '../core/sequelize/folder/folder-files.ts'
import { contentOf, type IsWanted, largestFile, type OpenedFolder } from './folder-files.ts'
import { crc32 } from './zip.ts'

/** Most that the files of an archive may be together once unpacked, in bytes: a project's own text is far smaller. */
const mostUnpacked = 128 * 1024 * 1024

/** Most that the list of an archive's files may be, in bytes: 65,535 names of 400 bytes each. */
const mostListed = 32 * 1024 * 1024

/** A file as the directory of an archive has it (APPNOTE.TXT 4.3.12). */
interface Listed {
  readonly path: string
  readonly encrypted: boolean
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** Why an archive cannot be read, as a sentence; thrown within this file only. */
class Unreadable extends Error {}

/**
 * The files of a zip as those of a folder: what is not wanted is not unpacked, and a folder that holds all the others is
 * taken for the archive itself. `failure`: why not, as a sentence.
 */
export async function readZipFolder(
  archive: Blob,
  name: string,
  isWanted: IsWanted,
): Promise<OpenedFolder | { readonly failure: string }> {
  try {
    const listed = (await readDirectory(archive)).filter(({ path }) => !isClutter(path))
    const top = onlyFolder(listed)
    const files = new Map<string, string | Uint8Array>()
    const tooLarge: string[] = []
    let unpacked = 0
    for (const file of listed) {
      const path = joinPath(file.path.slice(top.length))
      if (path === null || file.path.startsWith('/')) {
        throw new Unreadable(`“${file.path}” leads out of the archive.`)
      }
      if (file.path.endsWith('/') || !isWanted(path)) continue
      unpacked += file.size
      if (file.size > largestFile) tooLarge.push(path)
      else if (unpacked > mostUnpacked) {
        throw new Unreadable('Unpacked it would be larger than 128 MB: it is no folder of migrations.')
      } else files.set(path, contentOf(await unpack(archive, file)))
    }
    return {
      name: top === '' ? name.replace(/\.zip$/i, '') : top.slice(0, -1),
      files,
      tooLarge,
      handle: null,
    }
  } catch (error) {
    if (error instanceof Unreadable) return { failure: `${name} cannot be read. ${error.message}` }
    throw error
  }
}

/** What the Finder adds. */
function isClutter(path: string): boolean {
  return path.startsWith('__MACOSX/') || path.endsWith('.DS_Store')
}

/** `project-main/` when everything is in it; else empty. */
function onlyFolder(listed: readonly Listed[]): string {
  const top = /^[^/]+\//.exec(listed[0]?.path ?? '')?.[0] ?? ''
  return top !== '../' && top !== './' && listed.every(({ path }) => path.startsWith(top)) ? top : ''
}

async function readDirectory(archive: Blob): Promise<readonly Listed[]> {
  // The end record is 22 bytes and a comment of at most 65,535 behind it.
  const tailStart = Math.max(0, archive.size - 22 - 0xffff)
  const tail = await bytesOf(archive, tailStart, archive.size)
  const end = endRecord(tail)
  if (end === null) {
    throw new Unreadable('The list of files at its end is missing: it is no zip, or only its beginning.')
  }
  const [count, length, start] = [tail.getUint16(end + 10, true), u32(tail, end + 12), u32(tail, end + 16)]
  if (count === 0xffff || start === 0xffffffff) {
    throw new Unreadable('It has more than 65,534 files or 4 GB. Zip it without node_modules and .git.')
  }
  if (length > mostListed || start + length > tailStart + end) {
    throw new Unreadable('The list of files at its end is damaged.')
  }
  const directory = await bytesOf(archive, start, start + length)
  const listed: Listed[] = []
  let at = 0
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > length || u32(directory, at) !== 0x02014b50) {
      throw new Unreadable(`The list of files at its end is damaged at file ${index + 1} of ${count}.`)
    }
    const [nameLength, more] = [
      directory.getUint16(at + 28, true),
      directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true),
    ]
    const name = new Uint8Array(
      directory.buffer,
      at + 46,
      Math.max(0, Math.min(nameLength, length - at - 46)),
    )
    listed.push({
      // Archives of Windows may part folders by a backslash.
      path: new TextDecoder().decode(name).replaceAll('\\', '/'),
      encrypted: (directory.getUint16(at + 8, true) & 1) === 1,
      method: directory.getUint16(at + 10, true),
      crc: u32(directory, at + 16),
      packed: u32(directory, at + 20),
      size: u32(directory, at + 24),
      offset: u32(directory, at + 42),
    })
    at += 46 + nameLength + more
  }
  return listed
}

/** Where the end record begins: the last place from which its comment reaches exactly to the end. */
function endRecord(tail: DataView): number | null {
  for (let at = tail.byteLength - 22; at >= 0; at -= 1) {
    if (u32(tail, at) === 0x06054b50 && at + 22 + tail.getUint16(at + 20, true) === tail.byteLength) return at
  }
  return null
}

async function unpack(archive: Blob, file: Listed): Promise<Uint8Array> {
  const { path, encrypted, method, crc, packed, size, offset } = file
  if (encrypted) throw new Unreadable(`“${path}” is encrypted.`)
  if (method !== 0 && method !== 8) {
    throw new Unreadable(`“${path}” is packed by a method (${method}) that is not read here.`)
  }
  const damaged = () => new Unreadable(`“${path}” is damaged in it.`)
  if (offset + 30 > archive.size) throw damaged()
  const local = await bytesOf(archive, offset, offset + 30)
  if (u32(local, 0) !== 0x04034b50) throw damaged()
  const start = offset + 30 + local.getUint16(26, true) + local.getUint16(28, true)
  const raw = archive.slice(start, start + packed)
  const content = new Uint8Array(size)
  let filled = 0
  try {
    const stream =
      method === 0 ? raw.stream() : raw.stream().pipeThrough(new DecompressionStream('deflate-raw'))
    // What unpacks to more than the list says is given up there, however much would follow.
    for await (const chunk of chunksOf(stream)) {
      if (filled + chunk.length > size) throw damaged()
      content.set(chunk, filled)
      filled += chunk.length
    }
  } catch (error) {
    // What is no deflate fails with an error that each runtime names otherwise.
    throw error instanceof Unreadable ? error : damaged()
  }
  if (filled !== size || crc32(content) !== crc) throw damaged()
  return content
}

/** Safari's streams cannot be iterated. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function bytesOf(archive: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await archive.slice(start, end).arrayBuffer())
}

function u32(view: DataView, at: number): number {
  return view.getUint32(at, true)
}
