import { type MigrationFile, pathOfFile } from '../migration-file.ts'
import type { Service } from './find-services.ts'
import { type FolderFiles, folderOf, nameOf, pathIn } from './folder-files.ts'

/** An exported migration, as far as it says which files it made for which service. */
export interface ExportedFiles {
  readonly title: string
  readonly files: readonly Omit<MigrationFile, 'phase'>[]
  /** The migrations folder of the service that it was written for; absent: it is not written as a folder's own. */
  readonly service?: string
}

export interface WithExports {
  readonly files: FolderFiles
  readonly services: readonly Service[]
  /** Paths at which files were put that a person only downloaded. */
  readonly downloaded: readonly string[]
  /** Titles of exports that are not in the folder, nor can be put there. */
  readonly unplaced: readonly string[]
}

/**
 * A folder as it would be with all that was exported, oldest first: files that were only downloaded are put where they
 * were written for, and what has a folder of its own beside the others runs behind those of its export, as it has by the
 * time of the next one.
 */
export function withExports(
  folder: { readonly files: FolderFiles; readonly services: readonly Service[] },
  exports: readonly ExportedFiles[],
): WithExports {
  let whole: WithExports = { ...folder, downloaded: [], unplaced: [] }
  for (const one of exports) {
    const absent = one.files.filter(({ fileName }) => !serviceWith(whole.services, fileName))
    const service = serviceOf(one, whole.services)
    if (absent.length === 0) continue
    if (service) whole = placed(whole, service, one, absent)
    else whole = { ...whole, unplaced: [...whole.unplaced, one.title] }
  }
  return whole
}

function serviceWith(services: readonly Service[], fileName: string): Service | undefined {
  return services.find(({ migrations }) => migrations.some((path) => nameOf(path) === fileName))
}

/** The one that it was written for, else the one that has a file of it. */
function serviceOf({ service, files }: ExportedFiles, services: readonly Service[]): Service | undefined {
  if (service !== undefined) return services.find(({ migrationsFolder }) => migrationsFolder === service)
  return files.map(({ fileName }) => serviceWith(services, fileName)).find((found) => found !== undefined)
}

function placed(
  { files, services, downloaded, unplaced }: WithExports,
  service: Service,
  { files: exported }: ExportedFiles,
  absent: ExportedFiles['files'],
): WithExports {
  const { migrationsFolder } = service
  const migrations = [...service.migrations]
  const added = new Map<string, string>()
  let last = migrations.length
  for (const file of exported) {
    const path = pathIn(migrationsFolder, pathOfFile(file))
    if (absent.includes(file)) {
      const waits = file.folder !== undefined
      const later = migrations.findIndex((other) => folderOf(other) === migrationsFolder && other > path)
      migrations.splice(waits ? last : later < 0 ? migrations.length : later, 0, path)
      if (!files.has(path)) added.set(path, file.source)
    }
    last = migrations.findIndex((other) => nameOf(other) === file.fileName) + 1
  }
  return {
    files: new Map([...files, ...added]),
    services: services.map((one) => (one === service ? { ...one, migrations } : one)),
    downloaded: [...downloaded, ...[...added.keys()].filter((path) => folderOf(path) === migrationsFolder)],
    unplaced,
  }
}
