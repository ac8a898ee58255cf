import { pathOfFile } from '../migration-file.ts'
import type { Service } from './find-services.ts'
import { type FolderFiles, folderOf, pathIn } from './folder-files.ts'
import type { NextFile } from './write-next.ts'

interface FolderOfServices {
  readonly files: FolderFiles
  readonly services: readonly Service[]
}

/**
 * A folder as it will be with the next migration in one of its services, whose name runs behind all others. What has a folder of its own beside the others
 * runs behind them: it waits for a deploy of code.
 */
export function withNext(
  { files, services }: FolderOfServices,
  migrationsFolder: string,
  next: readonly Pick<NextFile, 'fileName' | 'folder' | 'source'>[],
): FolderOfServices {
  const added = next.map((file) => {
    return [pathIn(migrationsFolder, pathOfFile(file)), file.source] as const
  })
  const paths = added.map(([path]) => path)
  const waits = (path: string) => folderOf(path) !== migrationsFolder
  return {
    files: new Map([...files, ...added]),
    services: services.map((service) => {
      if (service.migrationsFolder !== migrationsFolder) return service
      const beside = paths.filter((path) => !waits(path)).sort()
      const migrations = [...service.migrations, ...beside, ...paths.filter(waits)]
      return { ...service, migrations: [...new Set(migrations)] }
    }),
  }
}
