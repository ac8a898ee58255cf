/** A file that a person chose or dropped. */
export interface OpenedFile {
  readonly name: string
  readonly text: string
}

/** Hands the text to the browser as a download. */
export function downloadText(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Firefox starts the download after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Lets a person choose a text file; null when none was chosen. `accept` as of `<input>`: ".sql,.json". */
export function chooseTextFile(accept: string): Promise<OpenedFile | null> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.addEventListener('cancel', () => resolve(null))
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      if (file) readTextFile(file).then(resolve, reject)
      else resolve(null)
    })
    input.click()
  })
}

export async function readTextFile(file: File): Promise<OpenedFile> {
  return { name: file.name, text: await file.text() }
}

export type WrittenFolder =
  | { readonly folder: string }
  | { readonly failure: string }
  /** The person closed the folder dialog. */
  | null

interface FolderPicker {
  showDirectoryPicker(options: { mode: 'readwrite'; id: string }): Promise<FileSystemDirectoryHandle>
}

function hasFolderPicker(target: object): target is FolderPicker {
  return 'showDirectoryPicker' in target
}

/** Whether this browser lets a page write into a folder (File System Access API). */
export function canWriteFolders(): boolean {
  return hasFolderPicker(window)
}

/** Lets a person choose a folder and writes the files into it; files of the same name are replaced. */
export async function writeToFolder(files: readonly OpenedFile[]): Promise<WrittenFolder> {
  if (!hasFolderPicker(window))
    return { failure: 'This browser cannot write into folders. Download instead.' }
  try {
    const folder = await window.showDirectoryPicker({ mode: 'readwrite', id: 'relata-migrations' })
    for (const file of files) {
      const handle = await folder.getFileHandle(file.name, { create: true })
      const stream = await handle.createWritable()
      await stream.write(file.text)
      await stream.close()
    }
    return { folder: folder.name }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
