import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { folderOf, nameOf, pathIn, textOf } from '../core/sequelize/folder/folder-files.ts'
import { runsBefore } from '../core/sequelize/folder/runs-before.ts'
import { withExports } from '../core/sequelize/folder/with-exports.ts'
import { writeNext } from '../core/sequelize/folder/write-next.ts'
import { type MigrationFile, pathOfFile } from '../core/sequelize/migration-file.ts'
import type { MigrationOptions } from '../core/sequelize/render-migration.ts'
import type { ChosenFolder } from '../platform/files.ts'
import * as files from '../platform/files.ts'
import { readFolder } from '../platform/folder-files.ts'
import { mayUse } from '../platform/folder-handle.ts'
import type { FollowingFile } from './following-files.ts'
import { checkFolder, noteRead, targetService } from './linked-folder.ts'
import { linkedFolderStore } from './linked-folder-store.ts'
import { projectStore } from './project-store.ts'

/** The folder of migrations that the next one goes into. null: there is none. */
export function targetFolder(): TargetFolder | null {
  const { project, kept } = linkedFolderStore.getState()
  const service = kept && targetService(kept)
  if (!kept || !service || project !== projectStore.getState().id) return null
  return { name: kept.handle.name, service, others: kept.services.filter((one) => one !== service) }
}

/** The name of the opened folder, the service in it, and the others that it could be. */
export interface TargetFolder {
  readonly name: string
  readonly service: Service
  readonly others: readonly Service[]
}

interface InStyle {
  readonly files: readonly MigrationFile[]
  readonly problems: readonly Problem[]
}

/** The migration as the folder's others are written; null where the project came from none. Not counting `replaced`. */
export function inFolderStyle(options: MigrationOptions, replaced: readonly string[]): InStyle | null {
  const target = targetFolder()
  const { kept } = linkedFolderStore.getState()
  if (!target || !kept) return null
  const stays = (path: string) => !replaced.includes(nameOf(path))
  const onDisk: readonly Service[] = kept.services.map((service) => ({
    ...service,
    migrations: service.migrations.filter(stays),
  }))
  // Their names are taken, and what they change is there when the next one runs.
  const exported = withExports({ files: new Map(), services: onDisk }, projectStore.getState().history)
  const { services, downloaded } = exported
  const service = targetService({ ...kept, services }) ?? target.service
  const next = writeNext({ ...options, style: kept.style, service, services })
  const notes = [runsBefore(service, services), onlyDownloaded(downloaded, target.name)]
  return { ...next, problems: [...next.problems, ...notes.filter((note) => note !== null)] }
}

function onlyDownloaded(paths: readonly string[], folder: string): Problem | null {
  if (paths.length === 0) return null
  return {
    code: 'export-not-in-folder',
    severity: 'warning',
    source: 'Migration',
    message: `Exported before and not in ${folder}: ${paths.join(', ')}. Put them there, to run first.`,
  }
}

/**
 * A way into the folder's migrations, once a person allowed it: to be called within the click. A sentence where that
 * was refused or the files on disk are not those that were read.
 */
export async function folderWriter(): Promise<ChosenFolder | { readonly failure: string }> {
  const target = targetFolder()
  const { kept } = linkedFolderStore.getState()
  if (!target || !kept) return { failure: 'This project came from no folder.' }
  const { name, service } = target
  if (!(await mayUse(kept.handle, 'readwrite', true))) {
    return { failure: `The browser may not write into ${name}.` }
  }
  if (!(await checkFolder())) {
    return {
      failure: `The migration files of ${name} changed on disk. Take them in before the next is written.`,
    }
  }
  const pathIn = pathsIn(service)
  const writer = files.writerOf(kept.handle)
  return {
    write: (written) => writer.write(written.map((file) => ({ ...file, name: pathIn(file.name) }))),
    remove: (names) => writer.remove(names.map(pathIn)),
  }
}

function pathsIn({ migrationsFolder }: Service): (path: string) => string {
  return (path) => pathIn(migrationsFolder, path)
}

/** Counts written files among those that are read, and removed ones no longer. */
export async function noteWritten(
  written: readonly MigrationFile[],
  removed: readonly string[],
  before: SchemaDocument,
): Promise<void> {
  const target = targetFolder()
  const { kept } = linkedFolderStore.getState()
  if (!target || !kept) return
  const pathIn = pathsIn(target.service)
  // What has a folder of its own beside them is not run with them.
  const added = written.filter(({ folder }) => folder === undefined).map((file) => pathIn(pathOfFile(file)))
  const gone = removed.map(pathIn)
  const services = kept.services.map((service) =>
    service === target.service
      ? {
          ...service,
          migrations: [...new Set([...service.migrations, ...added])]
            .filter((path) => !gone.includes(path))
            .sort(),
        }
      : service,
  )
  await noteRead({ services }, before)
}

/** Writes models and seeds into the folder, each only where it is still as its change was shown. A sentence where that failed. */
export async function writeFollowing(changes: readonly FollowingFile[]): Promise<string | null> {
  const { kept } = linkedFolderStore.getState()
  if (!kept) return 'This project came from no folder.'
  const { handle, services } = kept
  const wanted = new Set(changes.map(({ path }) => path))
  const isOnTheWay = (path: string) =>
    path.endsWith('/') ? [...wanted].some((one) => one.startsWith(path)) : wanted.has(path)
  const { files: present } = await readFolder(handle, isOnTheWay)
  const changed = changes.find(({ path, before }) => textOf(present, path) !== before)
  if (changed) return `${changed.path} changed on disk meanwhile.`
  const writer = files.writerOf(handle)
  const failure = await writer.write(
    changes.flatMap(({ path, after }) => (after === null ? [] : [{ name: path, text: after }])),
  )
  if (failure !== null) return failure
  const removal = await writer.remove(changes.flatMap(({ path, after }) => (after === null ? [path] : [])))
  if (removal !== null) return removal
  const target = targetService(kept)
  // The first files of a folder: from now on they are read there.
  const firstOf = (of: FollowingFile['of']) => changes.find((change) => change.of === of)
  const [model, seed] = [firstOf('models'), firstOf('seeds')]
  const places = {
    ...(target?.modelsFolder === null && model ? { modelsFolder: folderOf(model.path) } : {}),
    ...(target?.seedersFolder === null && seed ? { seedersFolder: folderOf(seed.path) } : {}),
  }
  if (Object.keys(places).length > 0) {
    await noteRead({ services: services.map((one) => (one === target ? { ...one, ...places } : one)) }, null)
  } else await checkFolder()
  return null
}
