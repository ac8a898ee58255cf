import { encodingOf } from '../core/import/source-encoding.ts'
import { hasFolderPicker } from './folder-handle.ts'

/** A file that a person chose or dropped. */
export interface OpenedFile {
  readonly name: string
  readonly text: string
}

/** Hands the text to the browser as a download. */
export function downloadText(name: string, text: string, type = 'text/plain'): void {
  downloadBlob(name, new Blob([text], { type: `${type};charset=utf-8` }))
}

/** Hands the bytes to the browser as a download. */
export function downloadBytes(name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void {
  downloadBlob(name, new Blob([bytes], { type }))
}

function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Firefox starts the download after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Lets a person choose a text file; null when none was chosen. `accept` as of `<input>`: ".sql,.json". */
export async function chooseTextFile(accept: string): Promise<OpenedFile | null> {
  const file = await chooseFile(accept)
  return file && readTextFile(file)
}

/** The same for a file of any content. */
export function chooseFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.addEventListener('cancel', () => resolve(null))
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.click()
  })
}

export async function readTextFile(file: File): Promise<OpenedFile> {
  return { name: file.name, text: textOf(new Uint8Array(await file.arrayBuffer())) }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes, () => isUtf8(bytes))).decode(bytes)
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** A folder that a person chose, for files to be written into. */
export interface ChosenFolder {
  /**
   * Names may lead into folders, which are made: `contract/drop.js`. Files of the same name are replaced, each as a
   * whole or not at all. A sentence when one could not be written.
   */
  write(files: readonly OpenedFile[]): Promise<string | null>
  /** Removes files, and the folders that this leaves empty; those that are not there are no failure. */
  remove(names: readonly string[]): Promise<string | null>
}

/** Whether this browser lets a page write into a folder (File System Access API). */
export function canWriteFolders(): boolean {
  return hasFolderPicker(window)
}

/**
 * Lets a person choose a folder; null when none was chosen. To be called at once when a person asks for it: browsers
 * refuse the dialog a few seconds later.
 */
export async function chooseFolder(): Promise<ChosenFolder | { readonly failure: string } | null> {
  if (!hasFolderPicker(window)) {
    return { failure: 'This browser cannot write into folders. Download instead.' }
  }
  try {
    const folder = await window.showDirectoryPicker({ mode: 'readwrite', id: 'relata-migrations' })
    return writerOf(folder)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    return { failure: sentenceOf(error) }
  }
}

export function writerOf(folder: FileSystemDirectoryHandle): ChosenFolder {
  return {
    write: (files) => writeInto(folder, files),
    remove: (names) => removeFrom(folder, names),
  }
}

async function writeInto(
  folder: FileSystemDirectoryHandle,
  files: readonly OpenedFile[],
): Promise<string | null> {
  const written: string[] = []
  for (const { name, text } of files) {
    try {
      const path = name.split('/')
      const fileName = path.pop() ?? name
      let inner = folder
      for (const part of path) inner = await inner.getDirectoryHandle(part, { create: true })
      const handle = await inner.getFileHandle(fileName, { create: true })
      const stream = await handle.createWritable()
      await stream.write(text)
      await stream.close()
      written.push(name)
    } catch (error) {
      const before = written.length === 0 ? '' : ` Already there: ${written.join(', ')}.`
      return `${name} was not written into ${folder.name}: ${sentenceOf(error)}${before}`
    }
  }
  return null
}

async function removeFrom(
  folder: FileSystemDirectoryHandle,
  names: readonly string[],
): Promise<string | null> {
  for (const name of names) {
    try {
      const path = name.split('/')
      const fileName = path.pop() ?? name
      const around = [folder]
      for (const part of path) around.push(await (around.at(-1) ?? folder).getDirectoryHandle(part))
      await (around.pop() ?? folder).removeEntry(fileName)
      for (const part of path.toReversed()) await (around.pop() ?? folder).removeEntry(part).catch(ignoreFull)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') continue
      return `${name}, which the new files replace, was not removed from ${folder.name}: ${sentenceOf(error)}`
    }
  }
  return null
}

/** A folder that holds something else stays. */
function ignoreFull(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'InvalidModificationError')) throw error
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
