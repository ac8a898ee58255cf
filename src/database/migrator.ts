import type { Engine } from './engine.ts'
import type { Direction } from './sequelize-runner/migration-calls.ts'
import type { MigrationRun } from './sequelize-runner/run-migration.ts'

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
