import type { Problem } from '../core/model/problem.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { type FolderFiles, nameOf, pathIn } from '../core/sequelize/folder/folder-files.ts'
import { withExports } from '../core/sequelize/folder/with-exports.ts'
import { withNext } from '../core/sequelize/folder/with-next.ts'
import { type MigrationFile, pathOfFile } from '../core/sequelize/migration-file.ts'
import type { ReplayRequest } from '../database/replay/replay.ts'
import * as platform from '../platform/folder-files.ts'
import { mayUse } from '../platform/folder-handle.ts'
import type { CallOptions } from './database.ts'
import { chosenServices, isWanted, requestOf, servicesIn } from './folder-choices.ts'
import { targetService } from './linked-folder.ts'
import type { Kept } from './linked-folder-store.ts'
import { projectStore, replacedNames } from './project-store.ts'

/** The folder of a project with the next migration in its place. */
export interface FolderWithNext {
  /** As it is now. */
  readonly onDisk: FolderFiles
  /** The one that gets the migration. */
  readonly service: Service
  readonly request: ReplayRequest
  /** Paths of the migration's files. */
  readonly next: readonly string[]
  /** Paths of earlier exports that are not on disk: they run in their place all the same. */
  readonly downloaded: readonly string[]
  /** Why what runs is not what the next migration was planned on; null: it is. */
  readonly gap: Problem | null
}

/**
 * Reads the folder, to be called within a click, and puts the files into it in the place of those that they stand for.
 * Throws a sentence for a person where it may not be read, or is no longer what it was.
 */
export async function folderWithNext(
  kept: Kept,
  mode: 'read' | 'readwrite',
  files: readonly MigrationFile[],
  options: CallOptions,
): Promise<FolderWithNext> {
  if (!(await mayUse(kept.handle, mode, true))) {
    const what = mode === 'read' ? 'read' : 'write into'
    throw new Error(`The browser may not ${what} ${kept.handle.name}.`)
  }
  const replaced = replacedNames(projectStore.getState())
  const folder = await platform.readFolder(kept.handle, isWanted)
  const found = await servicesIn(folder.files, kept.choices.environment, options)
  const opened = { folder, found, choices: kept.choices }
  const services = chosenServices(opened).map((service) => ({
    ...service,
    migrations: service.migrations.filter((path) => !replaced.includes(nameOf(path))),
  }))
  const service = targetService({ ...kept, services })
  if (!service) throw new Error('Its migrations are no longer where they were.')
  const { migrationsFolder } = service
  const next = files.map((file) => pathIn(migrationsFolder, pathOfFile(file)))
  const onDisk = folder.files
  const whole = withExports({ files: onDisk, services }, projectStore.getState().history)
  const request = { ...requestOf(opened), ...withNext(whole, migrationsFolder, files) }
  const { downloaded, unplaced } = whole
  const gap = unplaced.length === 0 ? null : notInFolder(unplaced, kept.handle.name)
  return { onDisk, service, request, next, downloaded, gap }
}

function notInFolder(titles: readonly string[], folder: string): Problem {
  const names = titles.map((title) => `“${title}”`).join(', ')
  const [were, they] = titles.length === 1 ? ['was', 'it is'] : ['were', 'they are']
  return {
    code: 'export-not-in-folder',
    severity: 'error',
    source: 'Migration',
    message: `Not run: ${names} ${were} exported before and ${they} not among the migrations of ${folder}.`,
    hint: 'Re-open it in the history and write it into the folder; or put its files there, then take them in.',
  }
}
