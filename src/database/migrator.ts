import type { Engine, OpenEngine } from './engine.ts'
import {
  type Direction,
  type MigrationRun,
  runMigration,
  sequelizeVersion,
} from './sequelize-runner/run-migration.ts'

/** An engine on which migration files run with the real Sequelize. */
export interface Migrator {
  readonly engine: Engine
  /** "6.37.8" */
  readonly sequelize: string
  /** What a file does wrong is a problem in the result; rejects only when the engine broke. */
  migrate(source: string, fileName: string, direction: Direction): Promise<MigrationRun>
  close(): Promise<void>
}

/** Opens a fresh engine with Sequelize on it. */
export type OpenMigrator = () => Promise<Migrator>

/** Runs migrations in this realm, with its rights: for people's own files on their own machine (CLI, tests). */
export function inProcessMigrator(openEngine: OpenEngine): OpenMigrator {
  return async () => {
    const engine = await openEngine()
    return {
      engine,
      sequelize: sequelizeVersion,
      migrate: (source, fileName, direction) => runMigration(engine, source, fileName, direction),
      close: () => engine.close(),
    }
  }
}
