// Package names, not node:, because the sandbox bundle puts browser packages in their place.
// biome-ignore-start lint/style/useNodejsImportProtocol: as above.
import * as path from 'path'
import * as sequelizeModule from 'sequelize'
import * as util from 'util'
// biome-ignore-end lint/style/useNodejsImportProtocol: as above.
import type { Problem } from '../../core/model/problem.ts'
import type { Engine } from '../engine.ts'
import { loadMigration } from './load-migration.ts'
import { pgModule } from './pg-module.ts'
import { SharedSession } from './shared-session.ts'

export type Direction = 'up' | 'down'

/** What running one direction of a migration did. */
export interface MigrationRun {
  readonly milliseconds: number
  /** Statements as PostgreSQL received them, without those with which Sequelize opens a connection. */
  readonly statements: readonly string[]
  /** Why it failed; absent when it ran to its end. */
  readonly problem?: Problem
}

export interface RunOptions {
  /** Default 30 s. Ends the wait; only ending the worker ends a statement or an endless loop. */
  readonly timeLimitMilliseconds?: number
}

/** Sequelize's version, for reports. */
export const sequelizeVersion: string = readVersion()

function readVersion(): string {
  const version: unknown = Reflect.get(sequelizeModule.Sequelize, 'version')
  return typeof version === 'string' ? version : '6'
}

/**
 * Runs `up` or `down` of a migration file with the real Sequelize. What the file does wrong is a problem in the
 * result; a transaction that it left open is rolled back and reported.
 */
export async function runMigration(
  engine: Engine,
  source: string,
  fileName: string,
  direction: Direction,
  { timeLimitMilliseconds = 30_000 }: RunOptions = {},
): Promise<MigrationRun> {
  const session = new SharedSession(engine)
  const pg = pgModule(session)
  const sequelize = new sequelizeModule.Sequelize({
    dialect: 'postgres',
    dialectModule: pg,
    logging: false,
    pool: { max: 5, idle: 600_000, acquire: 5000 },
  })
  const started = performance.now()
  const finish = (problem: Problem | undefined): MigrationRun => ({
    milliseconds: performance.now() - started,
    statements: session.statements.filter((sql) => !isConnectionSetup(sql)),
    ...(problem ? { problem } : {}),
  })
  let problem: Problem | undefined
  try {
    session.recording = true
    const call = () => callDirection(source, fileName, direction, sequelize)
    await withTimeLimit(call, timeLimitMilliseconds)
  } catch (error) {
    problem = problemOf(error)
  }
  session.recording = false
  if (session.inTransaction) {
    await session.query('ROLLBACK')
    problem ??= {
      ...migrationProblem,
      code: 'transaction-left-open',
      message: `${direction} left a transaction open; it was rolled back.`,
    }
  }
  const run = finish(problem)
  await close(sequelize, pg.living)
  return run
}

/** `close` waits for borrowed connections, which a transaction left open would keep for ever: they go back first. */
async function close(sequelize: sequelizeModule.Sequelize, connections: ReadonlySet<object>): Promise<void> {
  for (const connection of connections) {
    try {
      sequelize.connectionManager.releaseConnection(connection)
    } catch {
      // The pool throws for a connection that is not borrowed.
    }
  }
  await sequelize.close()
}

async function callDirection(
  source: string,
  fileName: string,
  direction: Direction,
  sequelize: sequelizeModule.Sequelize,
): Promise<void> {
  const silent = () => undefined
  const migration = loadMigration(source, fileName, {
    modules: { path, util, sequelize: sequelizeModule },
    console: { log: silent, info: silent, warn: silent, error: silent, debug: silent },
  })
  const run = migration[direction]
  if (typeof run !== 'function') throw new Error(`The migration has no ${direction} function`)
  const args = [sequelize.getQueryInterface(), sequelizeModule.Sequelize]
  // A third parameter is the callback of old migrations (sequelize-cli core/migrator).
  if (run.length < 3) await run.apply(migration, args)
  else {
    await new Promise<void>((resolve, reject) => {
      run.apply(migration, [...args, (error: unknown) => (error ? reject(error) : resolve())])
    })
  }
}

async function withTimeLimit(work: () => Promise<void>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It ran longer than ${milliseconds / 1000} s`)), milliseconds)
  })
  try {
    await Promise.race([work(), limit])
  } finally {
    clearTimeout(timer)
  }
}

/** Session settings and the list of types, which Sequelize asks for on each new connection. */
function isConnectionSetup(sql: string): boolean {
  return (
    sql.startsWith('WITH ranges AS (') ||
    sql.startsWith('SET client_min_messages TO ') ||
    /^(SHOW|DISCARD ALL|SELECT version)/i.test(sql)
  )
}

const migrationProblem = { severity: 'error', source: 'Migration' } as const

/** Sequelize wraps the server's error as `original`. */
function problemOf(error: unknown): Problem {
  const inner = error instanceof Error && 'original' in error ? error.original : error
  const text = (name: string): string | undefined => {
    if (typeof inner !== 'object' || inner === null) return undefined
    const value: unknown = Reflect.get(inner, name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const code = text('code')
  const detail = text('detail')
  const hint = text('hint')
  const sql = text('sql')
  const position = Number(text('position'))
  return {
    ...migrationProblem,
    source: code && /^[0-9A-Z]{5}$/.test(code) ? 'PostgreSQL' : 'Migration',
    code: code ?? 'migration-failed',
    message: inner instanceof Error ? inner.message : String(inner),
    ...(detail ? { detail } : {}),
    ...(hint ? { hint } : {}),
    ...(sql ? { sql } : {}),
    ...(position > 0 ? { position } : {}),
  }
}
