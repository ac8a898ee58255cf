/**
 * The files of a folder a person opened: path → content, whatever it was read from (a disk, a zip, a browser's folder).
 * Paths are relative to the folder, with `/` and without `./`.
 */
export type FolderFiles = ReadonlyMap<string, FileContent>

/** Text, or bytes of what is no UTF-8. */
export type FileContent = string | Uint8Array

/** Folders whose content is not a person's own writing, or never read. */
const foreignFolders =
  /(^|\/)(node_modules|\.git|\.next|\.nuxt|\.cache|\.history|coverage|bower_components)(\/|$)/

/** True for a path that opening a project leaves unread. */
export function isForeign(path: string): boolean {
  return foreignFolders.test(path)
}

/** The text of a file; null where there is none, or where it is not text. */
export function textOf(files: FolderFiles, path: string): string | null {
  const content = files.get(path)
  return typeof content === 'string' ? content : null
}

/** `a/b/../c` → `a/c`. Null where it leads out of the folder. The folder itself is the empty path. */
export function joinPath(...parts: readonly string[]): string | null {
  const steps: string[] = []
  for (const step of parts.flatMap((part) => part.split('/'))) {
    if (step === '' || step === '.') continue
    if (step !== '..') steps.push(step)
    else if (steps.pop() === undefined) return null
  }
  return steps.join('/')
}

/** The path of what has that path within the folder; '' is the root. */
export function pathIn(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

/** `a/b.js` → `a`; of a name without folder, the empty path. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** `a/b.js` → `b.js`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Names of what lies directly in a folder, files and folders, sorted by code units. */
export function namesIn(files: FolderFiles, folder: string): readonly string[] {
  const prefix = folder === '' ? '' : `${folder}/`
  const names = new Set<string>()
  for (const path of files.keys()) {
    if (path.startsWith(prefix)) names.add(path.slice(prefix.length).split('/')[0] ?? '')
  }
  return [...names].sort()
}
