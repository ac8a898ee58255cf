import type { Service } from '../core/sequelize/folder/find-services.ts'
import type { FolderChoices } from '../core/sequelize/folder/folder-choices.ts'
import type { FolderStyle } from '../core/sequelize/folder/style.ts'

/** By which a file is known to be as it was without reading it. */
export interface FileStamp {
  /** In bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
}

/** The form of a file when it was last read. */
export interface FileMark extends FileStamp {
  /** SHA-256 of its bytes in base 16. */
  readonly digest: string
}

/** A folder that a project came from, and what of it has been read: what IndexedDB can keep. */
export interface KeptFolder {
  readonly handle: FileSystemDirectoryHandle
  /** Of the files on which the schema rests, by path from the folder. */
  readonly marks: ReadonlyMap<string, FileMark>
  /** Of the models' files; absent: not read since the folder was linked. */
  readonly modelMarks?: ReadonlyMap<string, FileMark>
  readonly choices: FolderChoices
  /** The services that run, as they were read. */
  readonly services: readonly Service[]
  /** Models are written along with the next migration. Absent: they are not. */
  readonly withModels?: boolean
  /** The same of seeds. */
  readonly withSeeds?: boolean
  /** How the next migration is written. */
  readonly style: FolderStyle
  /** Files outside of the migrations folders that running the migrations has read. */
  readonly watched?: readonly string[]
  /** The migrations folder of the service that the next migration goes into; absent: that of the last. */
  readonly target?: string
  /** Projects that were made from the folder at once, this one among them: a service each. Absent: it was alone. */
  readonly together?: readonly { readonly project: string; readonly name: string }[]
}

interface FolderPicker {
  showDirectoryPicker(options: { mode: 'read' | 'readwrite'; id: string }): Promise<FileSystemDirectoryHandle>
}

/** Whether this browser gives handles of folders (File System Access API). */
export function hasFolderPicker(target: object): target is FolderPicker {
  return 'showDirectoryPicker' in target
}

interface Asked {
  queryPermission(descriptor: { mode: Access }): Promise<PermissionState>
  requestPermission(descriptor: { mode: Access }): Promise<PermissionState>
}

export type Access = 'read' | 'readwrite'

function isAsked(handle: object): handle is Asked {
  return 'queryPermission' in handle && 'requestPermission' in handle
}

/** Whether the folder may be used so now. With `ask` the browser asks a person where it must: only within a click. */
export async function mayUse(
  folder: FileSystemDirectoryHandle,
  mode: Access,
  ask: boolean,
): Promise<boolean> {
  if (!isAsked(folder)) return true
  if ((await folder.queryPermission({ mode })) === 'granted') return true
  return ask && (await folder.requestPermission({ mode })) === 'granted'
}

/** A path in the folder and what is there. */
export type Entry = readonly [path: string, file: File]

/** All wanted files. A path that ends in `/` stands for a folder. */
export async function entriesOf(
  folder: FileSystemDirectoryHandle,
  isWanted: (path: string) => boolean,
  path = '',
): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for await (const entry of folder.values()) {
    const inner = `${path}${entry.name}`
    if (isDirectory(entry)) {
      if (isWanted(`${inner}/`)) entries.push(...(await entriesOf(entry, isWanted, `${inner}/`)))
    } else if (isFile(entry) && isWanted(inner)) entries.push([inner, await entry.getFile()])
  }
  return entries
}

export function isDirectory(entry: FileSystemHandle): entry is FileSystemDirectoryHandle {
  return entry.kind === 'directory'
}

function isFile(entry: FileSystemHandle): entry is FileSystemFileHandle {
  return entry.kind === 'file'
}

/** Files that differ from what was read, by path; and the marks of all as they are now. */
export interface Compared {
  readonly added: readonly string[]
  readonly edited: readonly string[]
  readonly removed: readonly string[]
  readonly marks: KeptFolder['marks']
}

/** Compares names, sizes and times, and the content of what differs in those. */
export async function compareMarks(
  folder: FileSystemDirectoryHandle,
  isWanted: (path: string) => boolean,
  known: KeptFolder['marks'],
): Promise<Compared> {
  const marks = new Map<string, FileMark>()
  for (const [path, file] of await entriesOf(folder, isWanted)) {
    const mark = known.get(path)
    const isSame = mark?.size === file.size && mark.modified === file.lastModified
    marks.set(path, isSame ? mark : await markOf(file))
  }
  const paths = [...marks.keys()].sort()
  return {
    added: paths.filter((path) => !known.has(path)),
    edited: paths.filter((path) => known.has(path) && known.get(path)?.digest !== marks.get(path)?.digest),
    removed: [...known.keys()].filter((path) => !marks.has(path)),
    marks,
  }
}

/**
 * The marks of files for somebody who read them when they had these stamps: those that changed in the meantime have
 * marks that hold no more, new ones have none.
 */
export function marksAsRead(
  marks: KeptFolder['marks'],
  stamps: ReadonlyMap<string, FileStamp>,
  isWanted: (path: string) => boolean,
): KeptFolder['marks'] {
  const read = [...stamps].filter(([path]) => isWanted(path))
  return new Map(
    read.map(([path, stamp]) => {
      const mark = marks.get(path)
      const isSame = mark?.size === stamp.size && mark.modified === stamp.modified
      return [path, isSame ? mark : { ...stamp, digest: '' }]
    }),
  )
}

async function markOf(file: File): Promise<FileMark> {
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  const digest = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { size: file.size, modified: file.lastModified, digest }
}
