import { SourceLines } from '../../core/import/source-lines.ts'
import { writtenCandidates } from '../../core/import/written-candidates.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import type { ObjectId } from '../../core/model/object.ts'
import { type Patch, patchBetween } from '../../core/model/patch.ts'
import type { Problem } from '../../core/model/problem.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { versionProblems } from '../../core/sequelize/folder/asked-version.ts'
import { nameOf } from '../../core/sequelize/folder/folder-files.ts'
import { type ParseSql, splitSql } from '../../core/sql/split.ts'
import type { CallOptions, ImportReport } from '../api.ts'
import { EngineCrash, type OpenEngine, type PgError } from '../engine.ts'
import { reportOutcomes } from '../import-report.ts'
import { runSource } from '../import-run.ts'
import { keepWrittenInPlace, keepWrittenText } from '../import-written.ts'
import { EndlessRun, type FolderMigrator, type Migrator, type OpenMigrator } from '../migrator.ts'
import type { FileRun } from '../sequelize-runner/folder-runner.ts'
import type { Direction } from '../sequelize-runner/migration-calls.ts'
import { CatalogFollower, touchedBy } from './catalog-follower.ts'
import { DoneNames } from './done-names.ts'
import { failureOf } from './failure.ts'
import type {
  MissingExtension,
  Replay,
  ReplayedMigration,
  ReplayedService,
  ReplayRequest,
  SeedsRequest,
  SeedsRun,
  UndoneReplay,
} from './replay.ts'
import { Seeding } from './seeding.ts'

/** A file that took the engine with it, in this direction: what it would have left behind is not known. */
export interface BreakingFile {
  readonly path: string
  readonly direction: Direction
  readonly problem: Problem
}

/** A replay, or the file that made another attempt necessary. */
export type Attempt =
  | { readonly type: 'done'; readonly replay: Replay }
  | { readonly type: 'broken'; readonly file: BreakingFile }

export interface ReplayTools {
  readonly openMigrator: OpenMigrator
  /** For databases beside that of the migrations. */
  readonly open: OpenEngine
  readonly parse: ParseSql
  readonly newId: () => ObjectId
}

type Executed = FileRun & Pick<ReplayedMigration, 'changes'>

const defaultTimeLimit = 40_000

/** A service whose folder is open on the engine. */
interface OpenService {
  readonly service: ReplayedService
  readonly folder: FolderMigrator
  readonly done: DoneNames
}

/**
 * Runs a folder's migrations on an empty database. Files in `breaking` do not run: they are known to end the engine.
 * What a person can cause is in the result; rejects with the signal's AbortError, and when no engine starts.
 */
export async function attemptReplay(
  request: ReplayRequest,
  breaking: readonly BreakingFile[],
  tools: ReplayTools,
  options: CallOptions = {},
): Promise<Attempt> {
  const migrator = await tools.openMigrator()
  const attempt = new ReplayAttempt(migrator, request, breaking, tools, options)
  try {
    return { type: 'done', replay: await attempt.replay() }
  } catch (error) {
    const file = attempt.current
    if (!(error instanceof EngineCrash) || !file) throw error
    return { type: 'broken', file: { ...file, problem: crashProblem(error) } }
  } finally {
    await migrator.close().catch(() => undefined)
  }
}

class ReplayAttempt {
  /** The file that runs. */
  current: Omit<BreakingFile, 'problem'> | null = null
  readonly #migrator: Migrator
  readonly #request: ReplayRequest
  readonly #breaking: readonly BreakingFile[]
  readonly #tools: ReplayTools
  readonly #options: CallOptions
  readonly #follower: CatalogFollower
  readonly #lines = new SourceLines()
  readonly #missing: MissingExtension[] = []
  readonly #problems: Problem[] = []
  readonly #read = new Set<string>()
  readonly #total: number
  #count = 0

  constructor(
    migrator: Migrator,
    request: ReplayRequest,
    breaking: readonly BreakingFile[],
    tools: ReplayTools,
    options: CallOptions,
  ) {
    this.#migrator = migrator
    this.#request = request
    this.#breaking = breaking
    this.#tools = tools
    this.#options = options
    this.#follower = new CatalogFollower(migrator.engine, tools.newId)
    this.#total = request.services.reduce((sum, { migrations }) => sum + migrations.length, 0)
  }

  async replay(): Promise<Replay> {
    const begun = performance.now()
    const base = this.#request.base === undefined ? undefined : await this.#runBase(this.#request.base)
    await this.#follower.follow()
    const start = this.#follower.document
    const migrations: ReplayedMigration[] = []
    const open: OpenService[] = []
    const { files, services } = this.#request
    this.#problems.push(...versionProblems(files, services, this.#migrator.sequelize))
    for (const service of services) {
      const isStopped =
        migrations.some(({ outcome }) => outcome === 'not-reached') || this.#mustStop(migrations)
      const opened = await this.#open(service)
      open.push(opened)
      migrations.push(...(await this.#runService(opened, isStopped)))
      await opened.folder.close()
    }
    this.#report('Reading the catalogue')
    const written = await this.#readWritten()
    const undo = this.#request.undo ? await this.#undo(migrations) : undefined
    const seeds = this.#request.seeds ? await this.#seed(this.#request.seeds) : undefined
    return {
      document: written,
      start,
      migrations,
      missingExtensions: this.#missing,
      problems: this.#problems,
      read: [...this.#read].sort(),
      postgres: this.#migrator.engine.version,
      sequelize: this.#migrator.sequelize,
      milliseconds: performance.now() - begun,
      ...(base ? { base } : {}),
      ...(undo ? { undo } : {}),
      ...(seeds ? { seeds } : {}),
    }
  }

  async #readWritten(): Promise<SchemaDocument> {
    const { document, keyIds, problems } = await this.#follower.readWhole(this.#lines)
    this.#problems.push(...problems)
    const candidates = writtenCandidates(document, keyIds, this.#lines)
    const kept = await keepWrittenInPlace(document, candidates, this.#migrator.engine)
    return kept ?? keepWrittenText(document, candidates, this.#tools.open, this.#quietly())
  }

  async #seed({ service, steps, again }: SeedsRequest): Promise<SeedsRun> {
    const { folder } = await this.#open({ ...service, migrations: [] })
    const seeding = new Seeding(
      this.#migrator.engine,
      schemaOf(this.#follower.document),
      async (path, direction) => {
        this.#report(`${direction === 'up' ? 'Seeding' : 'Undoing'} ${nameOf(path)}`)
        const { problem, ...run } = await this.#execute(folder, path, direction)
        return problem ? failureOf({ ...run, problem }, this.#missing) : null
      },
    )
    const done = await seeding.run(steps, again)
    await folder.close()
    return done
  }

  #quietly(): CallOptions {
    const { signal } = this.#options
    return signal ? { signal } : {}
  }

  #report(phase: string): void {
    this.#options.signal?.throwIfAborted()
    this.#options.onProgress?.({ done: this.#count, total: this.#total, phase })
  }

  async #runBase(sql: string): Promise<ImportReport> {
    const begun = performance.now()
    this.#report('Running the base')
    const source = splitSql(sql, this.#tools.parse)
    const { outcomes } = await runSource(source, async () => this.#migrator.engine, {
      ...this.#quietly(),
      withRows: sql,
      onProgress: ({ done, total }) => this.#report(`Running the base: ${done} of ${total}`),
    })
    for (const { statement, outcome } of outcomes) {
      if (outcome.type === 'ran') this.#lines.note(statement, outcome.oids)
    }
    const milliseconds = performance.now() - begun
    return { objects: reportOutcomes(outcomes), statements: source.length, milliseconds }
  }

  async #open(service: ReplayedService): Promise<OpenService> {
    const { files, root = '/project', environment = {} } = this.#request
    const { configFile } = service
    const broken = this.#breaking.find(({ path }) => path === configFile)
    if (broken) this.#warn(`${configFile} could not be loaded`, broken.problem)
    if (configFile !== null) this.current = { path: configFile, direction: 'up' }
    const folder = await this.#migrator.openFolder({
      files,
      root,
      workingFolder: service.root,
      environment: { NODE_ENV: 'development', ...environment },
      configFile: broken ? null : configFile,
    })
    this.current = null
    const done = new DoneNames(this.#migrator.engine, folder.config.storage, () =>
      this.#follower.expectAnything(),
    )
    if (done.table !== null) this.#follower.hidden.add(done.table)
    this.#problems.push(...folder.config.problems)
    await done.ensure()
    return { service, folder, done }
  }

  async #runService(open: OpenService, isStopped: boolean): Promise<readonly ReplayedMigration[]> {
    const migrations: ReplayedMigration[] = []
    const before = await open.done.all()
    for (const path of open.service.migrations) {
      this.#report(`Running ${nameOf(path)}`)
      const blank = blankMigration(path, open.service)
      const isLeftOut = this.#request.without?.includes(path) ?? false
      if (isStopped || this.#mustStop(migrations)) migrations.push({ ...blank, outcome: 'not-reached' })
      else if (before.has(blank.name)) migrations.push({ ...blank, outcome: 'noted-before' })
      else if (isLeftOut) migrations.push({ ...blank, outcome: 'left-out' })
      else migrations.push(await this.#runOne(open, blank, 'up'))
      this.#count += 1
    }
    return migrations
  }

  #mustStop(migrations: readonly ReplayedMigration[]): boolean {
    const last = migrations.findLast(({ outcome }) => outcome === 'failed')
    if (!last || this.#request.onFailure === 'go-on') return false
    return migrations.some(({ outcome, path }) => outcome === 'failed' && !this.#goesOnAfter(path))
  }

  #goesOnAfter(path: string): boolean {
    return this.#request.onFailure === 'go-on' || (this.#request.goOnAfter?.includes(path) ?? false)
  }

  async #runOne(
    { folder, done }: OpenService,
    blank: ReplayedMigration,
    direction: Direction,
  ): Promise<ReplayedMigration> {
    const { path, name } = blank
    const run = await this.#execute(folder, path, direction)
    const { milliseconds, statements, problem, changes } = run
    const ran = { ...blank, milliseconds, statements, changes }
    if (problem && problem.code !== 'transaction-left-open') {
      if (direction === 'up') await this.#noteFailed(done, path, name)
      return { ...ran, outcome: 'failed', failure: failureOf({ ...run, problem }, this.#missing) }
    }
    // What nobody committed is gone, and the name is noted as done all the same.
    if (problem) this.#warn(path, problem)
    const refusal = await (direction === 'up' ? done.add(name) : done.remove(name))
    if (!refusal) return { ...ran, outcome: 'ran' }
    // The runner ends there, and its session with it.
    await this.#migrator.engine.run('DISCARD ALL')
    if (direction === 'up') await this.#noteFailed(done, path, name)
    return { ...ran, outcome: 'failed', failure: failureOf({ problem: unnoted(refusal) }, []) }
  }

  /** Runs one file; of one that is known to break the engine, only what it said then. */
  async #execute(folder: FolderMigrator, path: string, direction: Direction): Promise<Executed> {
    const broken = this.#breaking.find((file) => file.path === path && file.direction === direction)
    if (broken) {
      const { problem } = broken
      return { milliseconds: 0, statements: [], touched: false, read: [], problem, changes: noChanges }
    }
    const { timeLimitMilliseconds = defaultTimeLimit } = this.#request
    this.current = { path, direction }
    const run = await folder.run(path, direction, { timeLimitMilliseconds })
    this.#note(run, path)
    const changes = run.touched ? await this.#follower.follow(touchedBy(run)) : noChanges
    this.current = null
    return { ...run, changes }
  }

  #warn(what: string, problem: Problem): void {
    this.#problems.push({ ...problem, severity: 'warning', message: `${what}: ${problem.message}` })
  }

  #isNoted({ outcome, path }: ReplayedMigration): boolean {
    return outcome === 'ran' || (outcome === 'failed' && this.#goesOnAfter(path))
  }

  /** Going on without a file means that its name is noted by hand. */
  async #noteFailed(done: DoneNames, path: string, name: string): Promise<void> {
    if (this.#goesOnAfter(path)) await done.add(name)
    else await done.ensure()
  }

  #note({ statements, place, read }: FileRun, path: string): void {
    for (const file of read) this.#read.add(file)
    for (const { sql, oids, missingExtensions = [], place: own } of statements) {
      const line = own?.line ?? place?.line
      for (const name of missingExtensions) this.#missing.push({ name, path, ...(line ? { line } : {}) })
      if (oids.length === 0) continue
      const [only, ...others] = splitSql(sql, this.#tools.parse)
      if (only && others.length === 0) this.#lines.note(only, oids)
    }
  }

  async #undo(migrations: readonly ReplayedMigration[]): Promise<UndoneReplay> {
    const undone: ReplayedMigration[] = []
    for (const service of this.#request.services.toReversed()) {
      const open = await this.#open(service)
      const ran = migrations.filter((one) => service.migrations.includes(one.path) && this.#isNoted(one))
      for (const { path } of ran.toReversed()) {
        this.#report(`Undoing ${nameOf(path)}`)
        const blank = blankMigration(path, service)
        if (this.#mustStop(undone)) undone.push({ ...blank, outcome: 'not-reached' })
        else undone.push(await this.#runOne(open, blank, 'down'))
      }
      await open.folder.close()
    }
    const { document } = await this.#follower.readWhole(this.#lines)
    return { document, migrations: undone }
  }
}

function unnoted({ fields: { code, message } }: PgError): Problem {
  return {
    code,
    severity: 'error',
    source: 'PostgreSQL',
    message,
    hint: 'The file ran, but its name could not be noted: it left another search path or role behind. Use SET LOCAL in a transaction, or RESET at its end.',
  }
}

const noChanges: Patch = patchBetween(
  { objects: new Map(), diagram: new Map() },
  { objects: new Map(), diagram: new Map() },
)

function blankMigration(path: string, { name: service }: ReplayedService): ReplayedMigration {
  const name = nameOf(path)
  return { path, name, service, outcome: 'not-reached', milliseconds: 0, statements: [], changes: noChanges }
}

function crashProblem(error: EngineCrash): Problem {
  const isEndless = error instanceof EndlessRun
  return {
    code: isEndless ? 'time-limit' : 'engine-crash',
    severity: 'error',
    source: 'Migration',
    message: isEndless ? error.message : `PostgreSQL in Relata broke on this file: ${error.message}`,
  }
}
