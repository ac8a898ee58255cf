import type { Sequelize } from 'sequelize'
import { nameOf } from '../../core/sequelize/folder/folder-files.ts'
import { ModuleLoadError } from './module-world.ts'

export type Direction = 'up' | 'down'

type QueryInterface = ReturnType<Sequelize['getQueryInterface']>

/**
 * Calls `up` or `down` of what a migration file exports, as sequelize-cli does: with the query interface and Sequelize,
 * or, where the function takes `{ context }`, as umzug 3 does.
 */
export async function callMigration(
  exported: unknown,
  direction: Direction,
  path: string,
  sequelize: Sequelize,
): Promise<void> {
  if (!isHolder(exported)) throw new ModuleLoadError('no-migration', 'The file exports no migration', path)
  const run = member(member(exported, 'default'), direction) ?? member(exported, direction)
  if (typeof run !== 'function') {
    throw new ModuleLoadError('no-migration', `The migration has no ${direction} function`, path)
  }
  const queryInterface = sequelize.getQueryInterface()
  if (takesContext(run)) {
    await run.call(exported, { name: nameOf(path), path, context: contextOf(queryInterface, sequelize) })
    return
  }
  // The callback of old migrations, a third parameter, is gone: whatever calls it fails.
  const outcome: unknown = run.call(exported, queryInterface, sequelize.constructor)
  // umzug 2 refuses it, so that sequelize-cli ends while the statements may still be on their way.
  if (!isPromise(outcome)) {
    throw new TypeError(`Migration ${nameOf(path)} (or wrapper) didn't return a promise`)
  }
  await outcome
}

/** Umzug 3 gives one parameter with `context` in it: told by the text of the function. */
function takesContext(run: object): boolean {
  const text = Function.prototype.toString.call(run)
  const bare = /^(?:async\s+)?([\w$]+)\s*=>/.exec(text)?.[1]
  const listed = /^(?:async\s+)?(?:function\b\s*\*?\s*)?[\w$]*\s*\(\s*(\{[^}]*\}|[\w$]+)/.exec(text)?.[1]
  const parameter = bare ?? listed ?? ''
  if (parameter === '') return false
  if (parameter.startsWith('{')) return /\bcontext\b/.test(parameter)
  const name = parameter.replaceAll('$', '\\$')
  return new RegExp(
    `(?<![\\w$.])${name}\\.context\\b|\\{[^{}]*\\bcontext\\b[^=]*\\}\\s*=\\s*${name}(?![\\w$.(])`,
  ).test(text)
}

/** What projects pass as context: the query interface, or something that leads to it. */
function contextOf(queryInterface: QueryInterface, sequelize: Sequelize): object {
  return Object.assign(Object.create(queryInterface), {
    queryInterface,
    sequelize,
    Sequelize: sequelize.constructor,
    getQueryInterface: () => queryInterface,
    query: sequelize.query.bind(sequelize),
    transaction: sequelize.transaction.bind(sequelize),
  })
}

function isHolder(value: unknown): value is object {
  return (typeof value === 'object' || typeof value === 'function') && value !== null
}

function member(holder: unknown, name: string): unknown {
  return isHolder(holder) ? Reflect.get(holder, name) : undefined
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof member(value, 'then') === 'function'
}
