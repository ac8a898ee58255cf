import type { Sequelize } from 'sequelize'
import type { Problem } from '../../core/model/problem.ts'
import type { FolderFiles } from '../../core/sequelize/folder/folder-files.ts'
import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'
import type { Engine } from '../engine.ts'
import type { TouchLog } from '../touch-log.ts'
import { FolderModules } from './folder-modules.ts'
import { loadConfig } from './load-config.ts'
import { callMigration, type Direction } from './migration-calls.ts'
import { migrationProblem, placeOfError } from './migration-problem.ts'
import { ModuleLoadError } from './module-world.ts'
import { NotedFiles } from './noted-files.ts'
import { ownSequelize } from './own-sequelize.ts'
import { pgModule } from './pg-module.ts'
import type { ProjectConfig } from './project-config.ts'
import { isConnectionSetup, type SentStatement, SharedSession } from './shared-session.ts'
import { packagesFor } from './stand-in-packages.ts'
import { globalsOf, processModule } from './stand-in-process.ts'
import { watchPlaces } from './statement-places.ts'
import { withTimeLimit } from './time-limit.ts'

/** A folder as its migrations see it. Everything in it can be copied by postMessage. */
export interface FolderSetup {
  readonly files: FolderFiles
  /** The absolute path that stands for the folder, without a slash at its end. */
  readonly root: string
  /** The folder of the service, relative to the opened one. */
  readonly workingFolder: string
  /** `process.env`, `NODE_ENV` included. */
  readonly environment: Readonly<Record<string, string>>
  readonly configFile: string | null
}

/** What running one direction of one file did. */
export interface FileRun {
  readonly milliseconds: number
  /** In the order in which PostgreSQL answered, without those with which Sequelize opens a connection. */
  readonly statements: readonly SentStatement[]
  /** False: nothing in the catalogue can have changed. */
  readonly touched: boolean
  /** Files of the folder that were read for it, or for the first file of a process: config and environment, too. */
  readonly read: readonly string[]
  /** Why it failed; absent when it ran to its end. */
  readonly problem?: Problem
  /** The line of the folder's files that led to the failure. */
  readonly place?: SourcePlace
}

export interface RunLimits {
  /** Ends the wait for a file; only ending the worker ends a statement or an endless loop. */
  readonly timeLimitMilliseconds: number
}

/**
 * Runs the migrations of one folder on one engine with the real Sequelize, as one process of sequelize-cli does: what
 * one file loads, sets and prepares is there for the next. After a failure it is as if the process had ended.
 */
export class FolderRunner {
  readonly #start: () => Promise<RunningProcess>
  #process: RunningProcess

  private constructor(start: () => Promise<RunningProcess>, process: RunningProcess) {
    this.#start = start
    this.#process = process
  }

  /** `log` hears what each statement touches; without one nothing is installed in the database. */
  static async open(engine: Engine, setup: FolderSetup, log: TouchLog | null = null): Promise<FolderRunner> {
    const start = () => RunningProcess.start(engine, setup, log)
    return new FolderRunner(start, await start())
  }

  /** What the project's config says, as far as it could be loaded. */
  get config(): ProjectConfig {
    return this.#process.config
  }

  /**
   * Runs a file. What it does wrong is a problem in the result; a transaction that it left open is rolled back. Rejects
   * only with an EngineCrash.
   */
  async run(path: string, direction: Direction, limits: RunLimits): Promise<FileRun> {
    const run = await this.#process.run(path, direction, limits)
    if (run.problem && run.problem.code !== leftOpen) this.#process = await this.#start()
    return run
  }

  /** An error that no file caught in time: it ends the process. */
  noteStray(error: unknown): void {
    this.#process.breakOff(error)
  }

  close(): Promise<void> {
    return this.#process.end()
  }
}

const leftOpen = 'transaction-left-open'

/** One way to the engine, and the Sequelize class that knows no other. */
interface Connected {
  readonly session: SharedSession
  readonly pg: ReturnType<typeof pgModule>
  readonly Sequelize: typeof Sequelize
  readonly log: TouchLog | null
}

/** Runs it when what is due has been done. On Node a timer takes a millisecond more; browsers have no other way. */
const inTurn: (next: () => void) => unknown =
  typeof setImmediate === 'function' ? setImmediate : (next) => setTimeout(next)

/** One Sequelize with the modules of the folder around it. */
class RunningProcess {
  readonly config: ProjectConfig
  readonly #session: SharedSession
  readonly #log: TouchLog | null
  readonly #pg: ReturnType<typeof pgModule>
  readonly #sequelize: Sequelize
  readonly #modules: FolderModules
  readonly #files: NotedFiles
  readonly #placeOf: (error: unknown) => SourcePlace | undefined
  /** Ends the wait for the file that runs. */
  #breakOff: ((error: unknown) => void) | null = null

  private constructor(
    connected: Connected,
    files: NotedFiles,
    modules: FolderModules,
    config: ProjectConfig,
  ) {
    this.config = config
    this.#files = files
    this.#modules = modules
    this.#log = connected.log
    this.#session = connected.session
    this.#pg = connected.pg
    this.#sequelize = new connected.Sequelize(config.sequelizeOptions)
    this.#placeOf = watchPlaces(this.#sequelize)
  }

  /** Loads the config first, as sequelize-cli does: it may set variables that the migrations read. */
  static async start(engine: Engine, setup: FolderSetup, log: TouchLog | null): Promise<RunningProcess> {
    const files = new NotedFiles(setup.files)
    const world = { ...setup, files, environment: { ...setup.environment } }
    let started: RunningProcess | null = null
    const process = processModule(world, (exit) => started?.breakOff(exit))
    const session = new SharedSession(engine, log)
    const pg = pgModule(session)
    // What a project's models connect to must be this engine, never the server that its config names.
    const Sequelize = ownSequelize(pg)
    const modules = new FolderModules(world, packagesFor(world, process, Sequelize), globalsOf(process))
    const config = await loadConfig(modules, setup)
    started = new RunningProcess({ session, pg, Sequelize, log }, files, modules, config)
    return started
  }

  /** As Node ends a process for an error that nobody caught, or where a file says so. */
  breakOff(error: unknown): void {
    this.#breakOff?.(error)
  }

  async run(path: string, direction: Direction, { timeLimitMilliseconds }: RunLimits): Promise<FileRun> {
    const started = performance.now()
    this.#session.take()
    this.#log?.forget()
    this.#session.recording = true
    let failure: { readonly error: unknown } | null = null
    const brokenOff = new Promise<never>((_, reject) => {
      this.#breakOff = reject
    })
    const work = async () => {
      await callMigration(await this.#modules.load(path), direction, path, this.#sequelize)
      await this.#settle()
    }
    try {
      await withTimeLimit(() => Promise.race([work(), brokenOff]), timeLimitMilliseconds)
    } catch (error) {
      failure = { error }
    }
    this.#breakOff = null
    const wasOpen = this.#session.inTransaction
    if (failure) await this.#die()
    else if (wasOpen) await this.#session.query('ROLLBACK')
    this.#session.recording = false
    if (this.#session.crash) throw this.#session.crash
    const statements = this.#session.take().filter(({ sql }) => !isConnectionSetup(sql))
    const touched = this.#log?.forget() ?? true
    const milliseconds = performance.now() - started
    const place = failure ? this.#failurePlace(failure.error) : undefined
    return {
      milliseconds,
      statements,
      read: this.#files.take(),
      touched: touched || statements.some(({ oids }) => oids.length > 0),
      ...(failure ? { problem: migrationProblem(failure.error) } : {}),
      ...(!failure && wasOpen ? { problem: leftOpenProblem(direction) } : {}),
      ...(place ? { place } : {}),
    }
  }

  #failurePlace(error: unknown): SourcePlace | undefined {
    return error instanceof ModuleLoadError
      ? placeOfError(error)
      : (this.#placeOf(error) ?? placeOfError(error))
  }

  /** As a process ends that fails: statements on their way still run, and nothing follows them. */
  async #die(): Promise<void> {
    this.#session.announceEnd()
    await this.#settle()
    await this.#session.endHere()
    this.#disconnect()
  }

  /** Of connections that are kept a timer is left, which keeps a program of Node from ending. */
  #disconnect(): void {
    for (const manager of this.#pg.managers) {
      for (const connection of [...this.#pg.living]) void manager.destroyConnection(connection)
    }
  }

  /**
   * Statements that nobody awaits still belong to the file that sent them: those that it sends once its timers of no time
   * are over, and what follows from these.
   */
  async #settle(): Promise<void> {
    for (let idleTurns = 0; idleTurns < 2; ) {
      const wasIdle = this.#session.pending === 0
      await new Promise<void>((next) => (idleTurns === 0 ? setTimeout(next) : inTurn(next)))
      if (wasIdle && this.#session.pending === 0) idleTurns += 1
      else idleTurns = 0
    }
  }

  /** `close` waits for borrowed connections, which a transaction left open would keep for ever: they go back first. */
  async end(): Promise<void> {
    for (const connection of this.#pg.living) {
      try {
        this.#sequelize.connectionManager.releaseConnection(connection)
      } catch {
        // The pool throws for a connection that is not borrowed.
      }
    }
    await this.#sequelize.close()
    this.#disconnect()
  }
}

function leftOpenProblem(direction: Direction): Problem {
  return {
    severity: 'error',
    source: 'Migration',
    code: leftOpen,
    message: `${direction} left a transaction open; it was rolled back.`,
  }
}
