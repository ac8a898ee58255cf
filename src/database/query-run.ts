import { type ParseSql, type SourceStatement, splitSql } from '../core/sql/split.ts'
import type { QueryOutcome, QueryResult } from './api.ts'
import { type Engine, PgError, type RawField, type RawResult } from './engine.ts'
import { problemOf } from './problems.ts'
import { isTouchNotice, type TouchLog } from './touch-log.ts'

/** Rows of one result when the caller does not say. */
const defaultMaxRows = 1000

/** What a person's session may have changed, put back. */
const resets = ['RESET SESSION AUTHORIZATION', 'RESET ALL', 'CLOSE ALL', 'UNLISTEN *']

const takenBack =
  'Changes of the schema were taken back: draw them, or import the statements, so that the diagram has them too.'

/**
 * Runs SQL as a person typed it, statement by statement in one transaction that is committed at the end, so that rows
 * stay. When any statement changed the schema, everything is taken back: the database must stay as drawn.
 */
export async function runQuery(
  engine: Engine,
  log: TouchLog,
  parse: ParseSql,
  sql: string,
  options: { readonly maxRows?: number } = {},
): Promise<QueryOutcome> {
  const notices: string[] = []
  const stop = engine.onNotice(({ severity, message }) => {
    if (!isTouchNotice(message)) notices.push(`${severity}: ${message}`)
  })
  const run = new QueryRun(engine, log, notices, options.maxRows ?? defaultMaxRows)
  log.take()
  await engine.run('BEGIN')
  try {
    for (const statement of splitSql(sql, parse)) await run.statement(statement)
    await run.end()
    return { results: run.results, notices }
  } catch (error) {
    if (!(error instanceof PgError)) throw error
    const problem = run.problem(error, sql)
    await run.fail()
    return { results: run.results, notices, problem }
  } finally {
    stop()
    log.take()
  }
}

/** Puts back what SET, LISTEN and the like left in the session. */
export async function resetSession(engine: Engine): Promise<void> {
  for (const sql of resets) await engine.run(sql)
}

class QueryRun {
  readonly results: QueryResult[] = []
  readonly #engine: Engine
  readonly #log: TouchLog
  readonly #notices: string[]
  readonly #maxRows: number
  #current: SourceStatement | null = null
  /** A person's own BEGIN is open. */
  #explicit = false

  constructor(engine: Engine, log: TouchLog, notices: string[], maxRows: number) {
    this.#engine = engine
    this.#log = log
    this.#notices = notices
    this.#maxRows = maxRows
  }

  async statement(statement: SourceStatement): Promise<void> {
    const { content } = statement
    this.#current = statement
    if (content.type === 'copy-data') return
    if (content.type === 'meta-command') {
      this.#notices.push(`Skipped ${statement.sql}: a command of psql, not of PostgreSQL`)
      return
    }
    if (!this.#explicit) await this.#engine.run('SAVEPOINT relata_statement')
    const started = performance.now()
    const parsed = content.type === 'statement' ? content.parsed : null
    const result =
      parsed?.type === 'TransactionStmt'
        ? await this.#control(String(parsed.node.kind ?? ''), statement.sql)
        : parsed?.type === 'VacuumStmt'
          ? await this.#outside(statement.sql)
          : (await this.#engine.raw(statement.sql, { maxRows: this.#maxRows }))[0]
    if (!result) return
    const milliseconds = performance.now() - started
    this.results.push({ ...(await this.#named(result)), milliseconds })
  }

  /** After an error: like a person's session, what ran before stays, unless they began a transaction themselves. */
  async fail(): Promise<void> {
    if (this.#explicit || this.#engine.transaction !== 'failed') return this.#engine.run('ROLLBACK')
    await this.#engine.run('ROLLBACK TO relata_statement')
    await this.end()
  }

  async end(): Promise<void> {
    if (this.#engine.transaction === 'failed') return this.#engine.run('ROLLBACK')
    if (this.#log.isEmpty) return this.#engine.run('COMMIT')
    this.#notices.push(takenBack)
    await this.#engine.run('ROLLBACK')
  }

  /** A person's own BEGIN, COMMIT or ROLLBACK, inside the transaction that is always there. */
  async #control(kind: string, sql: string): Promise<RawResult | undefined> {
    if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') {
      this.#explicit = true
      return tagged('BEGIN')
    }
    if (kind === 'TRANS_STMT_COMMIT') {
      this.#explicit = false
      await this.end()
      await this.#engine.run('BEGIN')
      return tagged('COMMIT')
    }
    if (kind === 'TRANS_STMT_ROLLBACK') {
      this.#explicit = false
      await this.#engine.run('ROLLBACK')
      await this.#engine.run('BEGIN')
      this.#log.take()
      return tagged('ROLLBACK')
    }
    return (await this.#engine.raw(sql))[0]
  }

  /** VACUUM refuses to run in a transaction. */
  async #outside(sql: string): Promise<RawResult | undefined> {
    await this.end()
    try {
      return (await this.#engine.raw(sql))[0]
    } finally {
      await this.#engine.run('BEGIN')
    }
  }

  async #named({ command, fields, rows, truncated }: RawResult): Promise<Omit<QueryResult, 'milliseconds'>> {
    const count = Number(/\d+$/.exec(command)?.[0] ?? rows.length)
    return {
      command,
      fields: fields === null ? [] : await this.#typeNames(fields),
      rows,
      rowCount: truncated ? rows.length : count,
      truncated,
    }
  }

  async #typeNames(fields: readonly RawField[]): Promise<QueryResult['fields']> {
    if (this.#engine.transaction === 'failed') return fields.map(({ name }) => ({ name, type: '' }))
    const { rows } = await this.#engine.query(
      'select format_type(o, nullif(m, -1)) as type from unnest($1::oid[], $2::int[]) with ordinality t(o, m, n) order by n',
      [fields.map(({ typeOid }) => typeOid), fields.map(({ typeModifier }) => typeModifier)],
    )
    return fields.map(({ name }, index) => ({ name, type: String(rows[index]?.type ?? '') }))
  }

  /** The error with its position in the whole text, in code points. */
  problem(error: PgError, sql: string): NonNullable<QueryOutcome['problem']> {
    const problem = problemOf(error, this.#current?.sql)
    const start = this.#current?.start
    if (problem.position === undefined || start === undefined) return problem
    return { ...problem, position: [...sql.slice(0, start)].length + problem.position, sql }
  }
}

function tagged(command: string): RawResult {
  return { command, fields: null, rows: [], truncated: false }
}
