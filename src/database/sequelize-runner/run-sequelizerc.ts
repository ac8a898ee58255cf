import { type FolderFiles, folderOf, joinPath } from '../../core/sequelize/folder/folder-files.ts'
import {
  type RcSetting,
  type Sequelizerc,
  type SequelizercRun,
  type SequelizercRuns,
  sequelizercsOf,
  settingNames,
  spellingsOf,
} from '../../core/sequelize/folder/read-sequelizerc.ts'
import { FolderModules } from './folder-modules.ts'
import { migrationProblem } from './migration-problem.ts'
import { refusedModule } from './stand-in-files.ts'
import { packagesFor } from './stand-in-packages.ts'
import { globalsOf, processModule } from './stand-in-process.ts'
import { sequelizercTimeLimit, withTimeLimit } from './time-limit.ts'

/** A folder whose `.sequelizerc` files are run. Everything in it can be copied by postMessage. */
export interface SequelizercRequest {
  readonly files: FolderFiles
  /** `process.env`. `NODE_ENV` is `development` unless it says otherwise. */
  readonly environment?: Readonly<Record<string, string>>
  /** The absolute path that the files see for the folder. Default `/project`. */
  readonly root?: string
  /** For all of them. Default 5 s. */
  readonly timeLimitMilliseconds?: number
}

export type RunSequelizercs = (request: SequelizercRequest) => Promise<SequelizercRuns>

/**
 * Runs every `.sequelizerc` of a folder as sequelize-cli does, each in a process of its own. They run with the rights of
 * this realm: people's files belong in the sandbox.
 */
export async function runSequelizercs(request: SequelizercRequest): Promise<SequelizercRuns> {
  const runs = new Map<string, SequelizercRun>()
  for (const path of sequelizercsOf(request.files)) runs.set(path, await runOne(request, path))
  return runs
}

async function runOne(request: SequelizercRequest, path: string): Promise<SequelizercRun> {
  const { files, root = '/project', environment = {}, timeLimitMilliseconds = sequelizercTimeLimit } = request
  const workingFolder = folderOf(path)
  const world = { files, root, workingFolder, environment: { NODE_ENV: 'development', ...environment } }
  const process = processModule(world, () => undefined)
  // Before any place is known there is no database to connect to.
  const packages = packagesFor(world, process, refusedModule('sequelize'))
  const modules = new FolderModules(world, packages, globalsOf(process))
  let exported: unknown
  try {
    await withTimeLimit(async () => {
      exported = await modules.load(path)
    }, timeLimitMilliseconds)
    return placesOf(exported, root, workingFolder)
  } catch (error) {
    return { failure: migrationProblem(error).message }
  }
}

/** The places that it exports, from its own folder. */
function placesOf(exported: unknown, root: string, folder: string): Sequelizerc {
  const places: Partial<Record<RcSetting, string>> = {}
  const unread: RcSetting[] = []
  for (const name of settingNames) {
    const value = spellingsOf(name)
      .map((spelling) => settingOf(exported, spelling))
      .find((found) => found !== undefined)
    if (typeof value !== 'string') continue
    const place = insideFolder(value, root, folder)
    if (place === null) unread.push(name)
    else places[name] = `${folder === '' ? '' : '../'.repeat(folder.split('/').length)}${place}`
  }
  return { places, unread }
}

/** The path in the opened folder; null where it leads out of that. */
function insideFolder(place: string, root: string, folder: string): string | null {
  if (!place.startsWith('/')) return joinPath(folder, place)
  return place === root || place.startsWith(`${root}/`) ? joinPath(place.slice(root.length)) : null
}

function settingOf(exported: unknown, name: string): unknown {
  if (typeof exported !== 'object' || exported === null) return undefined
  const whole: unknown = Reflect.get(exported, 'default')
  return typeof whole === 'object' && whole !== null ? Reflect.get(whole, name) : Reflect.get(exported, name)
}
