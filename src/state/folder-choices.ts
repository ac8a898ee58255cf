import { environmentOf } from '../core/sequelize/folder/environment.ts'
import { findServices, type Service, unplacedService } from '../core/sequelize/folder/find-services.ts'
import type { FolderChoices } from '../core/sequelize/folder/folder-choices.ts'
import { type FolderFiles, isForeign } from '../core/sequelize/folder/folder-files.ts'
import { sequelizercsOf } from '../core/sequelize/folder/read-sequelizerc.ts'
import { placeServices } from '../core/sequelize/folder/service-places.ts'
import type { ReplayRequest } from '../database/replay/replay.ts'
import type { OpenedFolder } from '../platform/folder-files.ts'
import { type CallOptions, database } from './database.ts'

/** A folder, what was found in it and what was decided. */
export interface Opened {
  readonly folder: OpenedFolder
  /** By where they were found, whatever was decided of their places. */
  readonly found: readonly Service[]
  readonly choices: FolderChoices
}

/** Whether opening a folder reads that path. */
export const isWanted = (path: string) => !isForeign(path)

/** What is in a folder, at least one service: every `.sequelizerc` is run for it, in the sandbox. */
export async function servicesIn(
  files: FolderFiles,
  environment: string,
  options: CallOptions,
): Promise<readonly Service[]> {
  const { values } = environmentOf(environment.split('\n'))
  const hasSettings = sequelizercsOf(files).length > 0
  const runs = hasSettings
    ? await database().runSequelizercs({ files, environment: values }, options)
    : undefined
  const found = findServices(files, runs)
  return found.length === 0 ? [unplacedService(files)] : found
}

/** What a person typed as a limit, in milliseconds; undefined: as usual. null: it is no time. */
export function timeLimitOf({ seconds = '' }: FolderChoices): number | undefined | null {
  if (seconds.trim() === '') return undefined
  return Number(seconds) > 0 && Number(seconds) <= longestSeconds ? Number(seconds) * 1000 : null
}

/** A worker of the page that says nothing for a minute is taken for dead. */
export const longestSeconds = 50

/** How a folder's migrations are run by what was decided. */
export function requestOf(opened: Opened): ReplayRequest {
  const { base, environment, goOnAfter, without } = opened.choices
  const { values } = environmentOf(environment.split('\n'))
  const limit = timeLimitOf(opened.choices)
  return {
    files: opened.folder.files,
    services: chosenServices(opened),
    onFailure: 'stop',
    goOnAfter,
    without,
    ...(base.trim() === '' ? {} : { base }),
    environment: values,
    ...(limit ? { timeLimitMilliseconds: limit } : {}),
  }
}

/** What runs on a database of its own: everything, or each of the services. */
export function databasesOf(opened: Opened): readonly Opened[] {
  const { databases, bases = {}, ...choices } = opened.choices
  if (databases !== 'each' || choices.services.length < 2) return [opened]
  const placed = placedServices(opened)
  return choices.services.map((wanted) => {
    const at = opened.found.findIndex(({ migrationsFolder }) => migrationsFolder === wanted)
    const isOwn = (path: string) => placed[at]?.migrations.includes(path) ?? false
    return {
      ...opened,
      choices: {
        ...choices,
        services: [wanted],
        base: bases[wanted] ?? '',
        goOnAfter: choices.goOnAfter.filter(isOwn),
        without: choices.without.filter(isOwn),
      },
    }
  })
}

/** The services that run, in order. */
export function chosenServices(opened: Opened): readonly Service[] {
  const placed = placedServices(opened)
  return opened.choices.services.flatMap((wanted) => {
    const at = opened.found.findIndex(({ migrationsFolder }) => migrationsFolder === wanted)
    return placed[at] ?? []
  })
}

/** All that were found, with their parts where a person said. */
export function placedServices({ folder, found, choices }: Opened): readonly Service[] {
  return placeServices(folder.files, found, choices.places ?? [])
}
