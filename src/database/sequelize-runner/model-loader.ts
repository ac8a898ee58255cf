import { DataTypes, Model, type ModelStatic, type Sequelize } from 'sequelize'
import { textOf } from '../../core/sequelize/folder/folder-files.ts'
import type { ModelProblem } from '../../core/sequelize/models/model-facts.ts'
import type { FolderModules } from './folder-modules.ts'
import { migrationProblem, placeOfError } from './migration-problem.ts'
import { ModuleLoadError, type ModuleWorld } from './module-world.ts'
import type { Defined } from './own-sequelize.ts'
import type { MigrationStorage } from './project-config.ts'

/** The connection, files and findings of one way to load a folder's models. */
export interface ModelWorld {
  readonly world: ModuleWorld
  readonly modules: FolderModules
  readonly sequelize: Sequelize
  /** Filled while files are loaded. */
  readonly defined: readonly Defined[]
  /** Where the project notes which migrations ran. */
  readonly storage: MigrationStorage | null
}

/** Loads files one by one and defines what they export; what one does wrong is in the result, the others follow. */
export async function loadModels(
  { world, modules, sequelize }: ModelWorld,
  paths: readonly string[],
): Promise<readonly ModelProblem[]> {
  const problems: ModelProblem[] = []
  for (const path of paths) {
    if (modules.has(path)) continue
    try {
      refuseDecorators(textOf(world.files, path) ?? '', path)
      define(await modules.load(path), sequelize)
    } catch (error) {
      problems.push(modelProblem(error, path))
    }
  }
  return problems
}

/** Calls `associate` of every model that has no association yet, as sequelize-cli's own index does. */
export function associateModels({ sequelize, defined }: ModelWorld): readonly ModelProblem[] {
  const models = Object.fromEntries(defined.map(({ model }) => [model.name, model]))
  return defined.flatMap(({ model, place }) => {
    const associate = member(model, 'associate')
    if (typeof associate !== 'function' || Object.keys(model.associations).length > 0) return []
    try {
      associate.call(model, { ...models, sequelize, Sequelize: sequelize.constructor })
      return []
    } catch (error) {
      return [modelProblem(error, place?.path ?? '')]
    }
  })
}

/** sequelize-typescript keeps what it knows in metadata that only its own compiler settings emit. */
function refuseDecorators(source: string, path: string): void {
  const line = source.split('\n').findIndex((text) => /['"]sequelize-typescript['"]/.test(text))
  if (line < 0) return
  const message = 'Models with the decorators of sequelize-typescript are not read'
  throw new ModuleLoadError('decorators', message, path, line + 1)
}

/**
 * Defines what a file exports: a function `(sequelize, DataTypes)`, a class with a static function that takes the
 * connection, or an object with such members.
 */
function define(exported: unknown, sequelize: Sequelize): void {
  if (isClass(exported)) {
    if (isModelClass(exported)) defineClass(exported, sequelize)
    return
  }
  if (typeof exported === 'function') {
    exported(sequelize, DataTypes)
    return
  }
  if (typeof exported !== 'object' || exported === null) return
  const whole: unknown = Reflect.get(exported, 'default')
  for (const value of new Set(Object.values(exported))) {
    if (isClass(value)) define(value, sequelize)
    else if (typeof value === 'function' && (value === whole || takesConnection(value))) {
      value(sequelize, DataTypes)
    }
  }
}

const definers = ['init', 'define', 'initModel', 'initialize', 'initialise', 'setup']

/** A class that is no model of a connection yet says itself how it becomes one. */
function defineClass(model: ModelStatic<Model>, sequelize: Sequelize): void {
  if (model.sequelize) return
  const name = definers.find((name) => Object.hasOwn(model, name))
  const run = name === undefined ? undefined : member(model, name)
  if (typeof run === 'function') run.call(model, sequelize, DataTypes)
}

function isClass(value: unknown): value is object {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value))
}

function isModelClass(value: object): value is ModelStatic<Model> {
  return member(value, 'prototype') instanceof Model
}

/** Among several exports, a function that defines models tells by its first parameter. */
function takesConnection(run: object): boolean {
  return /^(?:async\s+)?(?:function\b\s*)?[\w$]*\s*\(?\s*(sequelize|connection|conn|db|database)\b/i.test(
    Function.prototype.toString.call(run),
  )
}

function modelProblem(error: unknown, path: string): ModelProblem {
  const problem = migrationProblem(error)
  const place = placeOfError(error)
  const code = problem.code === 'migration-failed' ? 'model-failed' : problem.code
  return {
    problem: { ...problem, code, source: 'Models' },
    place: place ?? { path: error instanceof ModuleLoadError ? error.path : path, line: 1 },
  }
}

function member(holder: object, name: string): unknown {
  return Reflect.get(holder, name)
}
