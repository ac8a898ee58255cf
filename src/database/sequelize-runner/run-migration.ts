import * as sequelizeModule from 'sequelize'
import type { Problem } from '../../core/model/problem.ts'
import type { Engine } from '../engine.ts'
import { FolderRunner } from './folder-runner.ts'
import type { Direction } from './migration-calls.ts'

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

/** Runs `up` or `down` of a migration that stands alone. What the file does wrong is a problem in the result. */
export async function runMigration(
  engine: Engine,
  source: string,
  fileName: string,
  direction: Direction,
  { timeLimitMilliseconds = 30_000 }: RunOptions = {},
): Promise<MigrationRun> {
  const path = `migrations/${fileName}`
  const runner = await FolderRunner.open(engine, {
    files: new Map([[path, source]]),
    root: '',
    workingFolder: '',
    environment: { NODE_ENV: 'development' },
    configFile: null,
  })
  const { milliseconds, statements, problem } = await runner.run(path, direction, { timeLimitMilliseconds })
  await runner.close()
  return { milliseconds, statements: statements.map(({ sql }) => sql), ...(problem ? { problem } : {}) }
}
