import { type FolderFiles, folderOf, nameOf, textOf } from './folder-files.ts'

/** What umzug 3 runs; sequelize-cli runs the same but for `.mjs` and `.mts` (core/migrator.js). */
const migrationName = /^(?!.*\.d\.[cm]?ts$).*\.[cm]?[jt]s$/

/** A name that a generator of migrations gives: a number first. */
const numberedName = /^\d/

/**
 * Code that sets a member or an export named `up`: `up:`, `up(`, `exports.up =`, `export const up`, `export { up }`.
 */
const definesUp =
  /(^|[\s{,*])["']?up["']?\s*[:(]|\.up\s*=|\[\s*["']up["']\s*\]|\b(function|const|let|var|async)\s+up\b|\bexport\s*\{[^{}]*\bup\b|[{,]\s*up\s*[,}]/

/** The files directly in a migrations folder that run, and those beside them that only help. */
export interface MigrationFolder {
  /** In the order in which they run: by code units, so that `001-` comes before `2023…`. */
  readonly migrations: readonly string[]
  readonly others: readonly string[]
}

/** Tells the migrations of a folder from the files beside them. Deeper folders hold no migrations, as for sequelize-cli. */
export function migrationsIn(files: FolderFiles, folder: string): MigrationFolder {
  const inside = [...files.keys()].filter((path) => folderOf(path) === folder).sort()
  const migrations = inside.filter((path) => isMigration(files, path))
  return { migrations, others: inside.filter((path) => !migrations.includes(path)) }
}

function isMigration(files: FolderFiles, path: string): boolean {
  const name = nameOf(path)
  if (!migrationName.test(name)) return false
  return numberedName.test(name) || definesUp.test(textOf(files, path) ?? '')
}
