import { environmentOf } from '../core/sequelize/folder/environment.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import type { FolderChoices } from '../core/sequelize/folder/folder-choices.ts'
import { isForeign } from '../core/sequelize/folder/folder-files.ts'
import type { ReplayRequest } from '../database/replay/replay.ts'
import type { OpenedFolder } from '../platform/folder-files.ts'

/** A folder, what was found in it and what was decided. */
export interface Opened {
  readonly folder: OpenedFolder
  readonly found: readonly Service[]
  readonly choices: FolderChoices
}

/** Whether opening a folder reads that path. */
export const isWanted = (path: string) => !isForeign(path)

/** How a folder's migrations are run by what was decided. */
export function requestOf({ folder, found, choices }: Opened): ReplayRequest {
  const { base, environment, goOnAfter, without } = choices
  const { values } = environmentOf(environment.split('\n'))
  return {
    files: folder.files,
    services: chosenServices({ found, choices }),
    onFailure: 'stop',
    goOnAfter,
    without,
    ...(base.trim() === '' ? {} : { base }),
    environment: values,
  }
}

/** The services that run, in order. */
export function chosenServices({ found, choices }: Pick<Opened, 'found' | 'choices'>): readonly Service[] {
  return choices.services.flatMap((wanted) => found.find((one) => one.migrationsFolder === wanted) ?? [])
}
