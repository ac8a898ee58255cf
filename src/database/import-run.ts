import { firstOwnOid } from '../core/catalog/keys.ts'
import { dispositionOf } from '../core/import/disposition.ts'
import { usualOwner } from '../core/import/owners.ts'
import { namedRoles } from '../core/import/roles.ts'
import { insertsOfCopy } from '../core/sql/copy-text.ts'
import { quoteName } from '../core/sql/quote.ts'
import type { ParsedStatement, SourceStatement, SqlNode } from '../core/sql/split.ts'
import type { CallOptions } from './api.ts'
import { type Engine, EngineCrash, type OpenEngine, PgError } from './engine.ts'
import { TouchLog } from './touch-log.ts'

/** What became of one statement of the source. */
export interface StatementOutcome {
  readonly statement: SourceStatement
  readonly outcome: /** It ran; `oids` are the objects that it touched. */
    | { readonly type: 'ran'; readonly oids: readonly number[] }
    | { readonly type: 'skipped'; readonly word: string; readonly reason: string; readonly summary?: string }
    | { readonly type: 'refused'; readonly error: PgError }
    /** PostgreSQL itself failed on it. */
    | { readonly type: 'crashed'; readonly message: string }
    | { readonly type: 'broken'; readonly message: string; readonly position: number }
}

/** A scratch database in which a source ran. The caller closes the engine. */
export interface ScratchRun {
  readonly engine: Engine
  readonly outcomes: readonly StatementOutcome[]
  /** Roles that the source names without creating them. */
  readonly assumedRoles: readonly string[]
  /** Roles that the server had before and the source does not name. */
  readonly strangers: ReadonlySet<string>
}

/** SQLSTATEs of something that does not exist (yet): a later statement may make it. */
const notYet = new Set(['42P01', '42883', '42704', '3F000', '42703'])

/** Statements that only add: out of turn, any other might undo what came after it. */
const adding = new Set([
  'CommentStmt',
  'CompositeTypeStmt',
  'CreateDomainStmt',
  'CreateEventTrigStmt',
  'CreateFunctionStmt',
  'CreatePolicyStmt',
  'CreateStatsStmt',
  'CreateStmt',
  'CreateTableAsStmt',
  'CreateTrigStmt',
  'DefineStmt',
  'GrantStmt',
  'IndexStmt',
  'RuleStmt',
  'ViewStmt',
])

/** Duplicate object and duplicate schema. */
const duplicates = new Set(['42710', '42P06'])

/** Statements that make what a fresh database may hold: a role, the schema public, plpgsql. */
const alwaysThere = new Set(['CreateRoleStmt', 'CreateSchemaStmt', 'CreateExtensionStmt'])

export interface RunSourceOptions extends CallOptions {
  /** The text of the source: its rows are then kept, and what moves counters runs. */
  readonly withRows?: string
}

/** Words of statements that only rows and counters know of. */
const aboutRows = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE', 'SELECT'])

/** Statements between two reports of progress. */
const stride = 25

/**
 * Runs a source statement by statement in a scratch database. What needs something that a later statement makes is tried
 * again at the end; a statement on which PostgreSQL fails altogether is left out and the others run again without it.
 * Throws the signal's AbortError, and EngineCrash when no engine starts.
 */
export async function runSource(
  source: readonly SourceStatement[],
  open: OpenEngine,
  options: RunSourceOptions = {},
): Promise<ScratchRun> {
  const parsed = parsedOf(source)
  const usual = usualOwner(parsed)
  const { created, missing: assumedRoles } = namedRoles(parsed.filter((one) => dispositionOf(one, usual).run))
  const poisoned = new Map<SourceStatement, string>()
  for (;;) {
    const run = new SourceRun(await open(), source, { assumedRoles, usual }, poisoned, options)
    try {
      const there = await rolesOf(run.engine)
      const strangers = there.filter((name) => !created.has(name) && !assumedRoles.includes(name))
      return { engine: run.engine, outcomes: await run.all(), assumedRoles, strangers: new Set(strangers) }
    } catch (error) {
      await run.engine.close()
      if (!(error instanceof EngineCrash) || !run.current || poisoned.size > 20) throw error
      poisoned.set(run.current, error.message)
    }
  }
}

/** Those that somebody made, on a server that others use too. */
async function rolesOf(engine: Engine): Promise<readonly string[]> {
  const { rows } = await engine.query(
    `select rolname::text as name from pg_roles where oid >= ${firstOwnOid}`,
  )
  return rows.map(({ name }) => String(name))
}

function parsedOf(source: readonly SourceStatement[]): readonly ParsedStatement[] {
  return source.flatMap(({ content }) => (content.type === 'statement' ? [content.parsed] : []))
}

class SourceRun {
  readonly engine: Engine
  current: SourceStatement | null = null
  readonly #source: readonly SourceStatement[]
  readonly #assumedRoles: readonly string[]
  readonly #usual: string | null
  readonly #poisoned: ReadonlyMap<SourceStatement, string>
  readonly #options: RunSourceOptions
  /** The COPY whose data comes next. */
  #copy: SqlNode | null = null

  constructor(
    engine: Engine,
    source: readonly SourceStatement[],
    roles: { readonly assumedRoles: readonly string[]; readonly usual: string | null },
    poisoned: ReadonlyMap<SourceStatement, string>,
    options: RunSourceOptions,
  ) {
    this.engine = engine
    this.#source = source
    this.#assumedRoles = roles.assumedRoles
    this.#usual = roles.usual
    this.#poisoned = poisoned
    this.#options = options
  }

  async all(): Promise<readonly StatementOutcome[]> {
    for (const role of this.#assumedRoles) {
      await this.engine.run(`CREATE ROLE ${quoteName(role)}`).catch(ignoreRefusal)
    }
    const log = await TouchLog.install(this.engine)
    const outcomes: StatementOutcome[] = []
    for (const statement of this.#source) {
      if (outcomes.length % stride === 0) this.#report(outcomes.length)
      outcomes.push({ statement, outcome: await this.#one(statement, log) })
    }
    await this.#again(outcomes, log)
    this.current = null
    const settings = ['ROLE', 'check_function_bodies', 'default_tablespace', 'default_table_access_method']
    for (const sql of [...settings.map((name) => `RESET ${name}`), 'SET search_path = public']) {
      await this.engine.run(sql)
    }
    return outcomes
  }

  #report(done: number): void {
    this.#options.signal?.throwIfAborted()
    this.#options.onProgress?.({ done, total: this.#source.length, phase: 'Running statements' })
  }

  async #one(statement: SourceStatement, log: TouchLog): Promise<StatementOutcome['outcome']> {
    const { content, sql } = statement
    if (content.type === 'broken') return { type: 'broken', ...content.problem }
    if (content.type === 'meta-command') {
      return { type: 'skipped', word: 'psql command', reason: 'A command of psql, not SQL' }
    }
    if (content.type === 'copy-data') {
      const inserts = this.#insertsOf(statement.start, content.end)
      if (inserts) return this.#run(statement, log, inserts)
      const rows = content.rows === 1 ? '1 row is' : `${content.rows} rows are`
      const reason = `${rows} not kept: a project holds a schema without its rows`
      return { type: 'skipped', word: 'COPY data', reason }
    }
    const poison = this.#poisoned.get(statement)
    if (poison !== undefined) return { type: 'crashed', message: poison }
    const disposition = dispositionOf(content.parsed, this.#usual)
    const keepsRows = this.#options.withRows !== undefined
    if (!disposition.run && !(keepsRows && aboutRows.has(disposition.word))) {
      this.#copy = content.parsed.type === 'CopyStmt' ? content.parsed.node : null
      const { word, reason, summary } = disposition
      return { type: 'skipped', word, reason, ...(summary === undefined ? {} : { summary }) }
    }
    return this.#run(statement, log, [sql])
  }

  #insertsOf(start: number, end: number): readonly string[] | null {
    const { withRows } = this.#options
    return withRows === undefined || !this.#copy
      ? null
      : insertsOfCopy(this.#copy, withRows.slice(start, end))
  }

  async #run(
    statement: SourceStatement,
    log: TouchLog,
    statements: readonly string[],
  ): Promise<StatementOutcome['outcome']> {
    const { content } = statement
    this.current = statement
    try {
      for (const sql of statements) await this.engine.run(sql)
      return { type: 'ran', oids: log.take() }
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      log.take()
      if (this.engine.transaction !== 'idle') await this.engine.run('ROLLBACK')
      const { code } = error.fields
      if (duplicates.has(code) && content.type === 'statement' && alwaysThere.has(content.parsed.type)) {
        return { type: 'skipped', word: 'CREATE', reason: `Exists already: ${error.message}` }
      }
      return { type: 'refused', error }
    }
  }

  async #again(outcomes: StatementOutcome[], log: TouchLog): Promise<void> {
    for (let progress = true; progress; ) {
      progress = false
      for (const [index, { statement, outcome }] of outcomes.entries()) {
        if (outcome.type !== 'refused' || !notYet.has(outcome.error.fields.code)) continue
        if (!onlyAdds(statement)) continue
        const next = await this.#one(statement, log)
        outcomes[index] = { statement, outcome: next }
        if (next.type === 'ran') progress = true
      }
    }
  }
}

function onlyAdds({ content }: SourceStatement): boolean {
  if (content.type !== 'statement') return false
  const { type, node } = content.parsed
  return adding.has(type) || (type === 'AlterTableStmt' && addsConstraints(node))
}

function addsConstraints(node: SqlNode): boolean {
  return (
    Array.isArray(node.cmds) &&
    node.cmds.every((command) => JSON.stringify(command).includes('"AT_AddConstraint"'))
  )
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof PgError)) throw error
}
