import type { Problem } from '../../core/model/problem.ts'

/** What a project's config says that matters to its migrations. Everything in it can be copied by postMessage. */
export interface ProjectConfig {
  /** Options of Sequelize that say how it writes statements; nothing about a connection. */
  readonly sequelizeOptions: Readonly<Record<string, unknown>>
  /** Where the names of migrations that ran are kept; null: not in the database. */
  readonly storage: MigrationStorage | null
  readonly problems: readonly Problem[]
}

export interface MigrationStorage {
  readonly table: string
  readonly schema: string | null
}

/** What sequelize-cli does without a config (helpers/umzug-helper.js). */
export const usualConfig: ProjectConfig = {
  sequelizeOptions: {},
  storage: { table: 'SequelizeMeta', schema: null },
  problems: [],
}

/** Options that say how statements are written. Those about a connection, a pool or a log are not for here. */
const writingOptions = ['quoteIdentifiers', 'timezone', 'searchPath', 'define', 'omitNull', 'minifyAliases']

/** Reads what a config file exports, as sequelize-cli does: the part named after the environment, or all of it. */
export function readConfig(exported: unknown, environment: string): ProjectConfig {
  const whole = plain(exported)
  const named = plain(whole[environment])
  const config = Object.keys(named).length > 0 ? named : whole
  const options = writingOptions.filter((name) => config[name] !== undefined)
  const dialectOptions = plain(config.dialectOptions)
  const { prependSearchPath } = dialectOptions
  const {
    dialect,
    migrationStorage,
    migrationStorageTableName: table,
    migrationStorageTableSchema: schema,
  } = config
  const isInDatabase = migrationStorage === undefined || migrationStorage === 'sequelize'
  return {
    sequelizeOptions: {
      ...Object.fromEntries(options.map((name) => [name, copyable(config[name])])),
      ...(prependSearchPath === undefined ? {} : { dialectOptions: { prependSearchPath } }),
    },
    storage: isInDatabase
      ? {
          table: typeof table === 'string' ? table : 'SequelizeMeta',
          schema: typeof schema === 'string' && schema !== 'public' ? schema : null,
        }
      : null,
    problems: typeof dialect === 'string' && !/^postgres/.test(dialect) ? [otherDialect(dialect)] : [],
  }
}

function otherDialect(dialect: string): Problem {
  return {
    code: 'other-dialect',
    severity: 'warning',
    source: 'Migration',
    message: `The project's config is for ${dialect}: its migrations run on PostgreSQL here.`,
  }
}

function plain(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

/** Without functions, which postMessage refuses. */
function copyable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
