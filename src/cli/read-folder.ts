import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type FileContent, type FolderFiles, isForeign } from '../core/sequelize/folder/folder-files.ts'
import { Exit, exitCodes } from './exit-codes.ts'

/** Larger files are no migrations, and nothing that migrations read. In bytes. */
const maxSize = 8_000_000

/** The files of a folder on this machine. Ends the command when it is none. */
export function readFolder(folder: string): FolderFiles {
  const files = new Map<string, FileContent>()
  const walk = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`
      if (isForeign(below)) continue
      const stats = statSync(join(folder, below), { throwIfNoEntry: false })
      if (stats?.isDirectory() && !entry.isSymbolicLink()) walk(below)
      else if (stats?.isFile() && stats.size <= maxSize) files.set(below, contentOf(join(folder, below)))
    }
  }
  try {
    walk('')
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
