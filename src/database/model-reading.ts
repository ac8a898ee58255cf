import type { Service } from '../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../core/sequelize/folder/folder-files.ts'
import type { ModelFacts, ModelProblem, ModelReading } from '../core/sequelize/models/model-facts.ts'
import { EngineCrash } from './engine.ts'
import type { OpenMigrator } from './migrator.ts'

/** Whose models are read. */
export interface ModelsRequest {
  readonly files: FolderFiles
  readonly services: readonly Pick<Service, 'root' | 'modelsFolder' | 'configFile'>[]
  /** `process.env`. `NODE_ENV` is `development` unless it says otherwise. */
  readonly environment?: Readonly<Record<string, string>>
  /** The absolute path that the files see for the folder. Default `/project`. */
  readonly root?: string
  /** For the models of one service. Default 40 s. */
  readonly timeLimitMilliseconds?: number
}

/** Reads the models of every service, each in a process of its own. Models that never end are a problem of the result. */
export async function readFolderModels(open: OpenMigrator, request: ModelsRequest): Promise<ModelReading> {
  const { files, environment = {}, root = '/project', timeLimitMilliseconds = 40_000 } = request
  const models: ModelFacts[] = []
  const problems: ModelProblem[] = []
  const folders = new Set<string>()
  for (const { root: workingFolder, modelsFolder, configFile } of request.services) {
    if (modelsFolder === null || folders.has(modelsFolder)) continue
    folders.add(modelsFolder)
    const migrator = await open()
    try {
      const reading = await migrator.readModels({
        files,
        root,
        workingFolder,
        environment: { NODE_ENV: 'development', ...environment },
        configFile,
        modelsFolder,
        before: models.length,
        timeLimitMilliseconds,
      })
      models.push(...reading.models)
      problems.push(...reading.problems)
    } catch (error) {
      if (!(error instanceof EngineCrash)) throw error
      const { message } = error
      problems.push({
        problem: { code: 'models-ended', severity: 'error', source: 'Models', message },
        place: null,
      })
      // What a file still does is lost with the sandbox, and so is what would follow in it.
      return { models, problems }
    } finally {
      await migrator.close().catch(() => undefined)
    }
  }
  return { models, problems }
}
