/** A folder among what was dropped. */
export interface DroppedFolder {
  readonly entry: FileSystemDirectoryEntry
  /** null where the browser gives none. */
  readonly handle: Promise<FileSystemHandle | null> | null
}

/** The first folder among what was dropped; null where there are only files. To be called within the event. */
export function droppedFolder(items: DataTransferItemList): DroppedFolder | null {
  for (const item of items) {
    const entry = item.webkitGetAsEntry()
    if (entry && isFolder(entry)) {
      return { entry, handle: givesHandles(item) ? item.getAsFileSystemHandle() : null }
    }
  }
  return null
}

function givesHandles(item: object): item is { getAsFileSystemHandle(): Promise<FileSystemHandle | null> } {
  return 'getAsFileSystemHandle' in item
}

export function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
