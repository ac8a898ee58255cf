import type { Service } from './find-services.ts'
import { type FolderFiles, textOf } from './folder-files.ts'

/** `one`: the services run one after the other on one database. `each`: every service has a database of its own. */
export type Databases = 'one' | 'each'

/** What a config says of the database: `database: 'shop'`, `"url": …`, `use_env_variable: …`. */
const namesDatabase = /["']?\b(?:database|url|use_env_variable)["']?\s*:\s*(["'`]?)([^"'`\n,}]+)\1/

/**
 * Whether the services share a database, as far as their configs say. Services of which each has a config of its own
 * that names another database do not; what an environment variable names is another one in every service.
 */
export function databasesOfServices(files: FolderFiles, services: readonly Service[]): Databases {
  const said = services.map(({ configFile }) => saidIn(files, configFile))
  const known = said.filter((one) => one !== null)
  const configs = new Set(services.map(({ configFile }) => configFile))
  const isOwn = services.length > 1 && configs.size === services.length && known.length === services.length
  return isOwn && new Set(known).size === services.length ? 'each' : 'one'
}

/** The name of the database, apart from that of every other config where the environment gives it; null: nothing. */
function saidIn(files: FolderFiles, configFile: string | null): string | null {
  const text = configFile === null ? null : textOf(files, configFile)
  const [, quote, name] = (text === null ? null : namesDatabase.exec(text)) ?? []
  if (name === undefined) return null
  return quote === '' ? `${configFile}: ${name.trim()}` : name
}
