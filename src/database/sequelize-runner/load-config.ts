import type { FolderModules } from './folder-modules.ts'
import type { FolderSetup } from './folder-runner.ts'
import { migrationProblem } from './migration-problem.ts'
import { type ProjectConfig, readConfig, usualConfig } from './project-config.ts'
import { configTimeLimit, withTimeLimit } from './time-limit.ts'

/** A config that cannot be loaded does not keep the migrations from running: only its settings are missing. */
export async function loadConfig(
  modules: FolderModules,
  { configFile, environment }: FolderSetup,
): Promise<ProjectConfig> {
  if (configFile === null) return usualConfig
  try {
    let config: unknown
    await withTimeLimit(async () => {
      const exported = await modules.load(configFile)
      const isModule = typeof exported === 'object' && exported !== null && 'default' in exported
      const value: unknown = await (isModule ? exported.default : exported)
      config = typeof value === 'function' ? await value() : value
    }, configTimeLimit)
    return readConfig(config, environment.NODE_ENV ?? 'development')
  } catch (error) {
    const problem = migrationProblem(error)
    const message = `${configFile} could not be loaded: ${problem.message}`
    return { ...usualConfig, problems: [{ ...problem, severity: 'warning', message }] }
  }
}
