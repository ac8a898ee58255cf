import { type DroppedFolder, isFolder } from './dropped-folder.ts'
import { type Entry, entriesOf, type FileStamp, hasFolderPicker, isDirectory } from './folder-handle.ts'

/** The files of a folder that a person chose or dropped, by path relative to it. */
export interface OpenedFolder {
  readonly name: string
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** Larger than what is read of a file: paths. */
  readonly tooLarge: readonly string[]
  /** Leads to it again, also to write into it; null where the browser gives none. */
  readonly handle: FileSystemDirectoryHandle | null
  /** Of all files, as they were when they were read; absent without a handle. */
  readonly stamps?: ReadonlyMap<string, FileStamp>
}

/** No migration or model is that large; dumps and pictures are. In bytes. */
export const largestFile = 4 * 1024 * 1024

/** Which paths are worth reading; the folder's own name is not part of them. */
export type IsWanted = (path: string) => boolean

/** Lets a person choose a folder to read; null when none was chosen. Works in every browser, and only reads. */
export async function chooseFolderToRead(isWanted: IsWanted): Promise<OpenedFolder | null> {
  if (!hasFolderPicker(window)) return chooseFilesOfFolder(isWanted)
  try {
    const handle = await window.showDirectoryPicker({ mode: 'read', id: 'relata-project' })
    return await readFolder(handle, isWanted)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}

/** Reads a folder again that its handle leads to. */
export async function readFolder(
  handle: FileSystemDirectoryHandle,
  isWanted: IsWanted,
): Promise<OpenedFolder> {
  const entries = await entriesOf(handle, isWanted)
  const stamps = new Map(
    entries.map(([path, { size, lastModified }]) => [path, { size, modified: lastModified }]),
  )
  return { ...(await readAll(handle.name, entries, isWanted)), handle, stamps }
}

function chooseFilesOfFolder(isWanted: IsWanted): Promise<OpenedFolder | null> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.webkitdirectory = true
    input.addEventListener('cancel', () => resolve(null))
    input.addEventListener('change', () => {
      const entries = [...(input.files ?? [])].map((file): Entry => {
        const [, ...path] = file.webkitRelativePath.split('/')
        return [path.join('/'), file]
      })
      const name = input.files?.[0]?.webkitRelativePath.split('/')[0]
      if (name === undefined) resolve(null)
      else readAll(name, entries, isWanted).then(resolve, reject)
    })
    input.click()
  })
}

/** Reads a folder that was dropped. */
export async function readDroppedFolder(
  { entry, handle }: DroppedFolder,
  isWanted: IsWanted,
): Promise<OpenedFolder> {
  const given = await handle
  if (given && isDirectory(given)) return readFolder(given, isWanted)
  return readAll(entry.name, await entriesIn(entry, '', isWanted), isWanted)
}

async function entriesIn(
  folder: FileSystemDirectoryEntry,
  path: string,
  isWanted: IsWanted,
): Promise<readonly Entry[]> {
  const reader = folder.createReader()
  const entries: Entry[] = []
  for (;;) {
    const found = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    // A reader gives some at a time, and none at its end (File and Directory Entries API, readEntries).
    if (found.length === 0) return entries
    for (const entry of found) {
      const inner = `${path}${entry.name}`
      if (isFolder(entry)) {
        if (isWanted(`${inner}/`)) entries.push(...(await entriesIn(entry, `${inner}/`, isWanted)))
      } else if (isFile(entry)) {
        entries.push([inner, await new Promise<File>((resolve, reject) => entry.file(resolve, reject))])
      }
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

async function readAll(name: string, entries: readonly Entry[], isWanted: IsWanted): Promise<OpenedFolder> {
  const files = new Map<string, string | Uint8Array>()
  const tooLarge: string[] = []
  for (const [path, file] of entries) {
    if (!isWanted(path)) continue
    if (file.size > largestFile) tooLarge.push(path)
    else files.set(path, contentOf(new Uint8Array(await file.arrayBuffer())))
  }
  return { name, files, tooLarge, handle: null }
}

/** Text, where the bytes are UTF-8. */
export function contentOf(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes
  }
}
