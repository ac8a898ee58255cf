import { modelFiles } from '../../core/sequelize/folder/model-files.ts'
import {
  type ModelFacts,
  type ModelProblem,
  type ModelReading,
  modelsSchema,
} from '../../core/sequelize/models/model-facts.ts'
import type { Engine } from '../engine.ts'
import {
  commentOf,
  factsOf,
  indexNamesOf,
  linksOf,
  sendIndexes,
  sendSync,
  tableOf,
} from './describe-model.ts'
import { FolderModules } from './folder-modules.ts'
import type { FolderSetup } from './folder-runner.ts'
import { inertModule } from './inert-module.ts'
import { loadConfig } from './load-config.ts'
import { associateModels, loadModels, type ModelWorld } from './model-loader.ts'
import { resolveOwnPackage } from './module-paths.ts'
import { type Defined, ownSequelize } from './own-sequelize.ts'
import { pgModule } from './pg-module.ts'
import { SharedSession } from './shared-session.ts'
import { callingPlace } from './source-line.ts'
import { isClient, packagesFor } from './stand-in-packages.ts'
import { globalsOf, processModule } from './stand-in-process.ts'
import { withTimeLimit } from './time-limit.ts'

/** A folder, and where its models are. */
export interface ModelSetup extends FolderSetup {
  readonly modelsFolder: string
  /** How many models of other services are read already: each needs a name of its own. */
  readonly before: number
  readonly timeLimitMilliseconds: number
}

/**
 * Loads the models of a folder with the real Sequelize and says what they are. The engine must be empty. Rejects only
 * with an EngineCrash.
 */
export async function readModels(engine: Engine, setup: ModelSetup): Promise<ModelReading> {
  const session = new SharedSession(engine)
  const { index, others } = modelFiles(setup.files, setup.modelsFolder)
  let reading: ModelReading = { models: [], problems: [] }
  try {
    await withTimeLimit(async () => {
      const loaded = await load(session, setup, index, others)
      reading = await described(session, loaded, setup.before)
    }, setup.timeLimitMilliseconds)
  } catch (error) {
    if (session.crash) throw session.crash
    const message = error instanceof Error ? error.message : String(error)
    return { models: [], problems: [{ problem: broken(message), place: null }] }
  }
  return reading
}

interface Loaded {
  readonly world: ModelWorld
  readonly problems: readonly ModelProblem[]
}

/** By its own index, as the program does; where that does not work, file by file. */
async function load(
  session: SharedSession,
  setup: ModelSetup,
  index: string | null,
  others: readonly string[],
): Promise<Loaded> {
  if (index !== null) {
    const whole = await newWorld(session, setup)
    const refused = await loadModels(whole, [index])
    if (refused.length === 0) {
      const rest = await loadModels(whole, others)
      return { world: whole, problems: [...rest, ...associateModels(whole)] }
    }
    const { world, problems } = await loadEach(session, setup, others)
    // An index stops at the first file that fails: what that one says is said once.
    const known = new Set(problems.map(({ problem }) => problem.message))
    return { world, problems: [...refused.filter(({ problem }) => !known.has(problem.message)), ...problems] }
  }
  return loadEach(session, setup, others)
}

async function loadEach(
  session: SharedSession,
  setup: ModelSetup,
  paths: readonly string[],
): Promise<Loaded> {
  const world = await newWorld(session, setup)
  const problems = await loadModels(world, paths)
  return { world, problems: [...problems, ...associateModels(world)] }
}

async function newWorld(session: SharedSession, setup: ModelSetup): Promise<ModelWorld> {
  const world = { ...setup, environment: { ...setup.environment } }
  const process = processModule(world, () => undefined)
  const defined: Defined[] = []
  let modules: FolderModules | null = null
  const Own = ownSequelize(pgModule(session), {
    note: (one) => {
      const again = defined.findIndex(({ model }) => model === one.model || replaces(one.model, model))
      if (again < 0) defined.push(one)
      else defined[again] = one
    },
    require: (path) => modules?.require(path, callingPlace()?.path ?? ''),
  })
  const packages = packagesFor(world, process, Own)
  const find = (name: string) => {
    if (resolveOwnPackage(world.files, name) !== null) return packages(name)
    // What a model calls when rows are written is not needed to read it.
    return (isClient(name) ? undefined : packages(name)) ?? { exports: inertModule(name) }
  }
  modules = new FolderModules(world, find, globalsOf(process))
  const config = await loadConfig(modules, setup)
  return { world, modules, sequelize: new Own(config.sequelizeOptions), defined, storage: config.storage }
}

/** A connection keeps the last model of a name. */
function replaces(one: Defined['model'], other: Defined['model']): boolean {
  return one.name === other.name && one.sequelize === other.sequelize
}

async function described(
  session: SharedSession,
  { world: { defined: all, storage }, problems }: Loaded,
  before: number,
): Promise<ModelReading> {
  await session.query(`CREATE SCHEMA "${modelsSchema}"`)
  // Generated models have one of the table that notes which migrations ran, which is no part of the schema.
  const own = new Set([storage?.table, 'SequelizeMeta', 'SequelizeData'])
  const defined = all.filter(({ model }) => !own.has(tableOf(model).name))
  const models = defined.map(({ model }) => model)
  const facts: ModelFacts[] = []
  const refused: ModelProblem[] = []
  for (const [index, { model, place, own }] of defined.entries()) {
    const scratch = `m${before + index}`
    try {
      const statements = await recorded(session, async () => {
        await sendSync(model, scratch).catch(unlessSent)
        await sendIndexes(model, scratch)
      })
      const attributes = factsOf(model, own)
      facts.push({
        name: model.name,
        place,
        table: tableOf(model),
        comment: commentOf(model),
        underscored: model.options.underscored === true,
        attributes,
        links: linksOf(model, models, own),
        indexNames: indexNamesOf(model),
        scratch,
        statements,
      })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      refused.push({ problem: broken(`${model.name}: ${message}`), place })
    }
  }
  return { models: facts, problems: [...problems, ...refused] }
}

/** A type that only the project's own database has is refused here: the statement is what matters. */
function unlessSent(error: unknown): void {
  if (!(error instanceof Error && 'original' in error)) throw error
}

/** The statements about the models' schema that are sent meanwhile; whatever else a file still sends is not theirs. */
async function recorded(session: SharedSession, work: () => Promise<void>): Promise<readonly string[]> {
  session.take()
  session.recording = true
  try {
    await work()
  } finally {
    session.recording = false
  }
  return session
    .take()
    .map(({ sql }) => sql)
    .filter((sql) => sql.includes(modelsSchema) && !/^\s*select\b/i.test(sql))
}

function broken(message: string): ModelProblem['problem'] {
  return { code: 'model-failed', severity: 'warning', source: 'Models', message }
}
