import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  type FileContent,
  type FolderFiles,
  isForeign,
  pathIn,
} from '../core/sequelize/folder/folder-files.ts'
import { Exit, exitCodes } from './exit-codes.ts'

/** Larger files are no migrations, and nothing that migrations read. In bytes. */
const maxSize = 8_000_000

/**
 * The files of a folder on this machine, links followed. Ends the command when it is none; `note` hears what in it may not
 * be read.
 */
export function readFolder(folder: string, note: (line: string) => void = () => undefined): FolderFiles {
  const files = new Map<string, FileContent>()
  const unlessRefused = (path: string, read: () => void): void => {
    try {
      read()
    } catch (error) {
      if (!['EACCES', 'EPERM', 'ELOOP'].includes(String(Reflect.get(Object(error), 'code')))) throw error
      note(`  warning: ${path} was not read: permission denied`)
    }
  }
  const walk = (path: string, above: readonly string[]): void => {
    const place = realpathSync(join(folder, path))
    // What a link leads to within the folder has its own place, and around it would never end.
    const [root = place] = above
    const isWithin = place !== join(root, path) && `${place}/`.startsWith(`${root}/`)
    if (isWithin || above.includes(place) || root.startsWith(`${place}/`)) return
    for (const name of readdirSync(place)) {
      const below = pathIn(path, name)
      if (isForeign(below)) continue
      unlessRefused(below, () => {
        const stats = statSync(join(place, name), { throwIfNoEntry: false })
        if (stats?.isDirectory()) walk(below, [...above, place])
        else if (stats?.isFile() && stats.size <= maxSize) files.set(below, contentOf(join(place, name)))
      })
    }
  }
  try {
    walk('', [])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Exit(exitCodes.noInput, `Cannot read the folder ${folder}: ${reason}`)
  }
  return files
}

function contentOf(path: string): FileContent {
  const bytes = readFileSync(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new Uint8Array(bytes)
  }
}
