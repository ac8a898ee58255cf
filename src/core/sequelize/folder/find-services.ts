import {
  type FolderFiles,
  folderOf,
  isForeign,
  joinPath,
  nameOf,
  namesIn,
  pathIn,
  textOf,
} from './folder-files.ts'
import { migrationsIn } from './migration-names.ts'
import {
  type RcSetting,
  readSequelizerc,
  type Sequelizerc,
  type SequelizercRuns,
  sequelizercsOf,
} from './read-sequelizerc.ts'

/** One project of Sequelize in a folder: where its parts are, found without running anything. */
export interface Service {
  /** The name of its package or of its folder. */
  readonly name: string
  /** The folder from which its commands are run; the empty path is the opened folder itself. */
  readonly root: string
  readonly migrationsFolder: string
  /** Migration files in the order in which they run. */
  readonly migrations: readonly string[]
  /** Files among the migrations that only help them. */
  readonly others: readonly string[]
  readonly modelsFolder: string | null
  readonly seedersFolder: string | null
  readonly configFile: string | null
  /** What `.sequelizerc` says and could not be found out: places above are then the usual ones. */
  readonly unread: readonly RcSetting[]
  /** Why `.sequelizerc` could not be run: what its text says was taken instead. */
  readonly rcFailure?: string
}

/** Names of folders that hold migrations. */
const migrationFolders = /^(migrations?|sequelize-migrations)$/i

/** Folders of compiled files: passed over where the same migrations are there as they were written. */
const compiledFolders = /(^|\/)(dist|build|out|lib)\//

const configNames = ['config', 'database', 'sequelize', 'db'].flatMap((name) =>
  ['js', 'json', 'cjs', 'ts', 'mjs'].map((end) => `${name}.${end}`),
)

/**
 * Every service of a folder, by path: from each `.sequelizerc`, and from folders that hold migrations; where there is none,
 * the folder itself may be one that holds migrations. `runs` says what each `.sequelizerc` exports; one that was not run is
 * only read.
 */
export function findServices(files: FolderFiles, runs: SequelizercRuns = new Map()): readonly Service[] {
  const own: FolderFiles = new Map([...files].filter(([path]) => !isForeign(path)))
  const named = sequelizercsOf(own)
    .map((path) => {
      const root = folderOf(path)
      const rc = sequelizercAt(own, path, runs)
      return serviceAt(
        own,
        root,
        within(root, rc.places['migrations-path']) ?? usualMigrations(own, root),
        rc,
      )
    })
    .filter((service) => service !== null)
  const known = new Set(named.map(({ migrationsFolder }) => migrationsFolder))
  const usual = [...new Set([...own.keys()].map(folderOf))]
    .filter((folder) => migrationFolders.test(nameOf(folder)) && !known.has(folder))
    .map((folder) => serviceAt(own, rootAbove(own, folder), folder, null))
    .filter((service) => service !== null)
  const found = [...named, ...usual]
  if (found.length === 0) return isMigrationsFolder(own) ? [unplacedService(own)] : []
  return withoutCompiled(found).toSorted((a, b) => (a.migrationsFolder < b.migrationsFolder ? -1 : 1))
}

/** Whether all the code in the folder is numbered, as generators of migrations name their files. */
function isMigrationsFolder(files: FolderFiles): boolean {
  const code = namesIn(files, '').filter((name) => /\.[cm]?[jt]s$/.test(name))
  return (
    code.length > 0 &&
    migrationsIn(files, '').migrations.length === code.length &&
    code.every((name) => /^\d/.test(name))
  )
}

/** What a folder is taken for in which no migrations were found: one service, whose places a person names. */
export function unplacedService(files: FolderFiles): Service {
  return {
    name: packageName(files, '') ?? 'database',
    root: '',
    migrationsFolder: '',
    ...migrationsIn(files, ''),
    modelsFolder: null,
    seedersFolder: null,
    configFile: usualConfig(files, ['']),
    unread: [],
  }
}

type KnownSequelizerc = Sequelizerc & Pick<Service, 'rcFailure'>

function sequelizercAt(files: FolderFiles, path: string, runs: SequelizercRuns): KnownSequelizerc {
  const run = runs.get(path)
  if (run && 'places' in run) return run
  const read = readSequelizerc(textOf(files, path) ?? '')
  return run ? { ...read, rcFailure: run.failure } : read
}

/** A service by its migrations folder; null where that holds no migration. */
function serviceAt(
  files: FolderFiles,
  root: string,
  migrationsFolder: string | null,
  rc: KnownSequelizerc | null,
): Service | null {
  if (migrationsFolder === null) return null
  const { migrations, others } = migrationsIn(files, migrationsFolder)
  if (migrations.length === 0) return null
  const above = folderOf(migrationsFolder)
  const place = (setting: RcSetting) => within(root, rc?.places[setting])
  const beside = (pattern: RegExp) =>
    [above, joinPath(root, 'src') ?? root, root]
      .flatMap((folder) => foldersIn(files, folder).filter((path) => pattern.test(nameOf(path))))
      .at(0) ?? null
  return {
    name: packageName(files, root) ?? (nameOf(root) || nameOf(above) || 'database'),
    root,
    migrationsFolder,
    migrations,
    others,
    modelsFolder: place('models-path') ?? beside(/^(models?|entities)$/i),
    seedersFolder: place('seeders-path') ?? beside(/^(seed|seeds|seeders)$/i),
    configFile: existing(files, place('config')) ?? usualConfig(files, [root, above]),
    unread: rc?.unread ?? [],
    ...(rc?.rcFailure === undefined ? {} : { rcFailure: rc.rcFailure }),
  }
}

function within(root: string, place: string | undefined): string | null {
  return place === undefined ? null : joinPath(root, place)
}

/** sequelize-cli's own default, then the first folder below with such a name. */
function usualMigrations(files: FolderFiles, root: string): string | null {
  const prefix = root === '' ? '' : `${root}/`
  const folders = [...new Set([...files.keys()].map(folderOf))]
    .filter((folder) => folder.startsWith(prefix) && migrationFolders.test(nameOf(folder)))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
  return folders[0] ?? null
}

/** The nearest folder above with a package.json; without one, that above the migrations or above `src`, `db` and the like. */
function rootAbove(files: FolderFiles, folder: string): string {
  for (let at = folderOf(folder); ; at = folderOf(at)) {
    if (files.has(at === '' ? 'package.json' : `${at}/package.json`)) return at
    if (at === '') break
  }
  let root = folderOf(folder)
  while (/^(src|db|database|sequelize|server|app)$/i.test(nameOf(root))) root = folderOf(root)
  return root
}

function packageName(files: FolderFiles, root: string): string | null {
  const text = textOf(files, joinPath(root, 'package.json') ?? '')
  const name = text === null ? undefined : /"name"\s*:\s*"([^"]+)"/.exec(text)?.[1]
  return name ?? null
}

function foldersIn(files: FolderFiles, folder: string): readonly string[] {
  const paths = namesIn(files, folder).map((name) => pathIn(folder, name))
  return paths.filter((path) => !files.has(path))
}

/** sequelize-cli loads a config that is named without its extension too. */
function existing(files: FolderFiles, path: string | null): string | null {
  if (path === null) return null
  return (
    ['', '.js', '.json', '.cjs', '.ts', '/index.js']
      .map((end) => path + end)
      .find((name) => files.has(name)) ?? null
  )
}

function usualConfig(files: FolderFiles, folders: readonly string[]): string | null {
  const places = folders.flatMap((folder) =>
    configNames.map((name) => (folder === '' ? `config/${name}` : `${folder}/config/${name}`)),
  )
  return places.find((path) => files.has(path)) ?? null
}

function withoutCompiled(services: readonly Service[]): readonly Service[] {
  const stems = ({ migrations }: Service) =>
    migrations.map((path) => nameOf(path).replace(/\.[^.]+$/, '')).join('\n')
  const written = new Set(
    services.filter(({ migrationsFolder }) => !compiledFolders.test(`${migrationsFolder}/`)).map(stems),
  )
  return services.filter(
    (service) => !compiledFolders.test(`${service.migrationsFolder}/`) || !written.has(stems(service)),
  )
}
