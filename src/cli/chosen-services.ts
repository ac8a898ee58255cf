import { resolve } from 'node:path'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import { Exit, exitCodes } from './exit-codes.ts'

/** All of them, or those that were named, in the order in which they were. Ends the command where a name is none's, or several's. */
export function chosenServices(
  found: readonly Service[],
  names: readonly string[],
  folder: string,
): readonly Service[] {
  if (found.length === 0) throw new Exit(exitCodes.noInput, `There are no migrations in ${resolve(folder)}.`)
  return names.length === 0 ? found : names.map((name) => serviceNamed(found, name, folder))
}

/** The service that gets the next migration: the one that was named, else the one that runs last. Ends the command where none that runs is meant. */
export function receivingService(
  { found, services }: { readonly found: readonly Service[]; readonly services: readonly Service[] },
  name: string | null,
  folder: string,
): Service {
  const service = name === null ? services.at(-1) : serviceNamed(found, name, folder)
  if (!service) throw new Error('No service was run')
  if (services.includes(service)) return service
  const running = services.map((one) => one.name).join(', ')
  throw new Exit(exitCodes.usage, `--into ${name}: --service runs ${running} only. Name it there too.`)
}

/** A service by its name or by the folder of the service or of its migrations, as seen from the opened folder. */
function serviceNamed(found: readonly Service[], name: string, folder: string): Service {
  const path = name.replace(/^\.\//, '').replace(/\/+$/, '')
  const placed = found.filter(({ migrationsFolder }) => migrationsFolder === path)
  const meant = placed.length > 0 ? placed : found.filter((one) => one.name === name || one.root === path)
  const [service] = meant
  if (service && meant.length === 1) return service
  if (!service) {
    const known = found.map((one) => one.name).join(', ')
    throw new Exit(exitCodes.usage, `There is no service ${name} in ${folder}. There are: ${known}.`)
  }
  const folders = meant.map(({ migrationsFolder }) => migrationsFolder).join(', ')
  throw new Exit(
    exitCodes.usage,
    `${meant.length} services are meant by ${name}. Name one by its migrations: ${folders}.`,
  )
}
