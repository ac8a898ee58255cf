import type { ModelReading } from '../core/sequelize/models/model-facts.ts'
import { type Engine, EngineCrash } from './engine.ts'
import type { FileRun, FolderSetup, RunLimits } from './sequelize-runner/folder-runner.ts'
import type { Direction } from './sequelize-runner/migration-calls.ts'
import type { ProjectConfig } from './sequelize-runner/project-config.ts'
import type { ModelSetup } from './sequelize-runner/read-models.ts'
import type { MigrationRun } from './sequelize-runner/run-migration.ts'

/** An engine on which migration files run with the real Sequelize. */
export interface Migrator {
  readonly engine: Engine
  /** "6.37.8" */
  readonly sequelize: string
  /** What a file does wrong is a problem in the result; rejects only when the engine broke. */
  migrate(source: string, fileName: string, direction: Direction): Promise<MigrationRun>
  /** Loads a folder whose migrations follow; one at a time. */
  openFolder(setup: FolderSetup): Promise<FolderMigrator>
  /** What a folder's models are; the engine is of no use afterwards. Rejects as a file's run does. */
  readModels(setup: ModelSetup): Promise<ModelReading>
  close(): Promise<void>
}

/** A folder of migrations on a migrator's engine. */
export interface FolderMigrator {
  readonly config: ProjectConfig
  /** What the file does wrong is a problem in the result; rejects with an EngineCrash when no other file can follow. */
  run(path: string, direction: Direction, limits: RunLimits): Promise<FileRun>
  close(): Promise<void>
}

/** A file did not end and does not listen: only ending what it runs in ends it. */
export class EndlessRun extends EngineCrash {}

/** Opens a fresh engine with Sequelize on it. */
export type OpenMigrator = () => Promise<Migrator>
