import type { OpenEngine } from './engine.ts'
import type { OpenMigrator } from './migrator.ts'
import { FolderRunner } from './sequelize-runner/folder-runner.ts'
import { readModels } from './sequelize-runner/read-models.ts'
import { type RunOptions, runMigration, sequelizeVersion } from './sequelize-runner/run-migration.ts'
import { TouchLog } from './touch-log.ts'

/** Runs migrations in this realm, with its rights: for people's own files on their own machine (CLI, tests). */
export function inProcessMigrator(openEngine: OpenEngine, options: RunOptions = {}): OpenMigrator {
  return async () => {
    const engine = await openEngine()
    return {
      engine,
      sequelize: sequelizeVersion,
      migrate: (source, fileName, direction) => runMigration(engine, source, fileName, direction, options),
      openFolder: async (setup) => FolderRunner.open(engine, setup, await TouchLog.install(engine)),
      readModels: (setup) => readModels(engine, setup),
      close: () => engine.close(),
    }
  }
}
