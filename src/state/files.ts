import * as clipboard from '../platform/clipboard.ts'
import * as dropped from '../platform/dropped-folder.ts'
import type { ChosenFolder, OpenedFile } from '../platform/files.ts'
import * as files from '../platform/files.ts'
import type { ZipEntry } from '../platform/zip.ts'

export type { ChosenFolder, OpenedFile } from '../platform/files.ts'

/** Downloads a text under that name. */
export function download(name: string, text: string, type?: string): void {
  files.downloadText(name, text, type)
}

/** Downloads texts as one archive. */
export async function downloadArchive(name: string, entries: readonly ZipEntry[]): Promise<void> {
  const { zip } = await import('../platform/zip.ts')
  files.downloadBytes(name, zip(entries, new Date()), 'application/zip')
}

/** Lets a person choose a text file; null when none was chosen. `accept` as of `<input>`: ".sql,.json". */
export function chooseFile(accept: string): Promise<OpenedFile | null> {
  return files.chooseTextFile(accept)
}

/** A dropped file with its text. */
export function readDroppedFile(file: File): Promise<OpenedFile> {
  return files.readTextFile(file)
}

/** The first folder among what was dropped; null where there are only files. To be called within the event. */
export function droppedFolder(items: DataTransferItemList): dropped.DroppedFolder | null {
  return dropped.droppedFolder(items)
}

/** Whether `chooseFolder` can work in this browser. */
export function canWriteFolders(): boolean {
  return files.canWriteFolders()
}

/** Lets a person choose a folder to write into; null when none was chosen. Not to be called after a wait. */
export function chooseFolder(): Promise<ChosenFolder | { readonly failure: string } | null> {
  return files.chooseFolder()
}

/** False when the browser refuses. */
export function copyText(text: string): Promise<boolean> {
  return clipboard.copyText(text)
}

/** null when the browser refuses. */
export function pastedText(): Promise<string | null> {
  return clipboard.pastedText()
}
