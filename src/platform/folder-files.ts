import { isFolder } from './files.ts'

/** The files of a folder that a person chose or dropped, by path relative to it. */
export interface OpenedFolder {
  readonly name: string
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** Larger than what is read of a file: paths. */
  readonly tooLarge: readonly string[]
}

/** No migration or model is that large; dumps and pictures are. In bytes. */
export const largestFile = 4 * 1024 * 1024

/** A path in the folder and what is there. */
type Entry = readonly [path: string, file: File]

/** Which paths are worth reading; the folder's own name is not part of them. */
export type IsWanted = (path: string) => boolean

/** Lets a person choose a folder to read; null when none was chosen. Works in every browser, and only reads. */
export function chooseFolderToRead(isWanted: IsWanted): Promise<OpenedFolder | null> {
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
  folder: FileSystemDirectoryEntry,
  isWanted: IsWanted,
): Promise<OpenedFolder> {
  return readAll(folder.name, await entriesIn(folder, '', isWanted), isWanted)
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
  return { name, files, tooLarge }
}

/** Text, where the bytes are UTF-8. */
export function contentOf(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes
  }
}
