/**
 * Texts that could not be stored before the page went: IndexedDB does not finish writes that begin while a page is
 * being closed, localStorage does. They are read once, when the project is opened again.
 */
const prefix = 'relata.unsaved.'

/** Keeps the text at once; false when there is no room (about 5 MB for the whole page). */
export function keepUnsaved(projectId: string, text: string): boolean {
  try {
    localStorage.setItem(prefix + projectId, text)
    return true
  } catch {
    return false
  }
}

/** The kept text of a project; null when there is none. */
export function unsavedText(projectId: string): string | null {
  try {
    return localStorage.getItem(prefix + projectId)
  } catch {
    return null
  }
}

export function forgetUnsaved(projectId: string): void {
  try {
    localStorage.removeItem(prefix + projectId)
  } catch {
    // A browser that refuses storage has kept nothing.
  }
}
