import type { Service } from './find-services.ts'
import type { FolderFiles } from './folder-files.ts'
import { migrationsIn } from './migration-names.ts'

/** Where a person said that the parts of a service are. */
export interface ServicePlaces
  extends Pick<Service, 'migrationsFolder' | 'modelsFolder' | 'seedersFolder' | 'configFile'> {
  /** The folder of migrations that was found, by which the service is known. */
  readonly found: string
}

/** The services with their parts where a person said, in place of where they were found. */
export function placeServices(
  files: FolderFiles,
  services: readonly Service[],
  chosen: readonly ServicePlaces[],
): readonly Service[] {
  return services.map((service) => {
    const places = chosen.find(({ found }) => found === service.migrationsFolder)
    if (!places) return service
    const { found: _, ...parts } = places
    return { ...service, ...parts, ...migrationsIn(files, places.migrationsFolder) }
  })
}
