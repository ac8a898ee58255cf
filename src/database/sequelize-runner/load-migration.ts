/** A migration's two directions, as sequelize-cli calls them. */
export interface LoadedMigration {
  readonly up: unknown
  readonly down: unknown
}

/** What a migration file may reach beside its arguments. */
export interface ModuleWorld {
  /** Modules that `require` gives, by name; a `node:` prefix is ignored. */
  readonly modules: Readonly<Record<string, unknown>>
  readonly console: Pick<Console, 'log' | 'info' | 'warn' | 'error' | 'debug'>
}

/** Thrown when a file is not a migration that sequelize-cli could load either, or needs a module that is not here. */
export class MigrationLoadError extends Error {
  override readonly name = 'MigrationLoadError'
}

/** Evaluates a CommonJS file. It runs with the rights of this realm: people's files belong in the sandbox. */
export function loadMigration(source: string, fileName: string, world: ModuleWorld): LoadedMigration {
  const module: { exports: unknown } = { exports: {} }
  const require = (name: string): unknown => {
    const plain = name.replace(/^node:/, '')
    if (Object.hasOwn(world.modules, plain)) return world.modules[plain]
    throw new MigrationLoadError(`Cannot find module '${name}'`)
  }
  const evaluate = new Function(
    ...['module', 'exports', 'require', '__filename', '__dirname', 'process', 'console'],
    `${source}\n//# sourceURL=${fileName.replace(/\s/g, '-')}`,
  )
  evaluate.call(
    module.exports,
    ...[
      module,
      module.exports,
      require,
      `/migrations/${fileName}`,
      '/migrations',
      processStandIn,
      world.console,
    ],
  )
  const exported = defaultOf(module.exports)
  if (typeof exported !== 'object' || exported === null) {
    throw new MigrationLoadError('The file exports no migration')
  }
  return { up: Reflect.get(exported, 'up'), down: Reflect.get(exported, 'down') }
}

/** Compiled TypeScript and Babel export `{ default: { up, down } }`. */
function defaultOf(exported: unknown): unknown {
  if (typeof exported !== 'object' || exported === null || 'up' in exported) return exported
  return 'default' in exported ? exported.default : exported
}

/** Files read `process.env.…`; an empty environment gives their defaults. */
const processStandIn = {
  env: { NODE_ENV: 'development' },
  argv: [],
  platform: 'linux',
  cwd: () => '/',
}
