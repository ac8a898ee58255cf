import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'
import { type Engine, EngineCrash, PgError, type RawResult } from '../engine.ts'
import type { TouchLog } from '../touch-log.ts'
import { withoutMissingExtensions } from './missing-extensions.ts'
import { OutsideStatements } from './outside-statements.ts'

/** What node-postgres calls a result. */
export interface PgResult {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}

export type ParserOf = (typeId: number, format: 'text') => (text: string) => unknown

/** A statement that Sequelize sent. */
export interface SentStatement {
  /** As the server received it. */
  readonly sql: string
  /** The line of a migration from which it was sent, as far as that is known. */
  readonly place?: SourcePlace
  /** Objects that it made, changed or dropped. */
  readonly oids: readonly number[]
  /** Extensions that it is about and this PostgreSQL lacks; that part of it did not run. */
  readonly missingExtensions?: readonly string[]
}

interface QueryOptions {
  readonly values?: readonly (string | null)[]
  readonly parserOf?: ParserOf
  readonly place?: SourcePlace | undefined
  /** Who asks; by default the one who asked for nothing but this. */
  readonly client?: object
}

/**
 * One engine behind several `pg` clients. All share its only session and take turns, so a statement outside a
 * client's transaction still sees what that transaction has not committed, which a server would not show.
 */
export class SharedSession {
  readonly #engine: Engine
  readonly #log: TouchLog | null
  readonly #available: ReadonlySet<string>
  readonly #outside: OutsideStatements
  #sent: SentStatement[] = []
  #pending = 0
  #turn: Promise<unknown> = Promise.resolve()
  #end: 'none' | 'coming' | 'reached' = 'none'
  recording = false
  /** Why the engine is of no use any more. */
  crash: EngineCrash | null = null

  constructor(engine: Engine, log: TouchLog | null = null) {
    this.#engine = engine
    this.#log = log
    this.#available = new Set([...engine.extensions, 'plpgsql'])
    this.#outside = new OutsideStatements(() => engine.transaction)
  }

  /** The statements since the last call, recorded while `recording` was set. */
  take(): readonly SentStatement[] {
    const sent = this.#sent
    this.#sent = []
    return sent
  }

  /** Statements without an answer yet. */
  get pending(): number {
    return this.#pending
  }

  get inTransaction(): boolean {
    return this.#engine.transaction !== 'idle'
  }

  get version(): string {
    return this.#engine.version
  }

  /**
   * Runs SQL as node-postgres would: without values as a simple query that may hold several statements, with values
   * as one statement. Throws the server's error with all its fields on the error itself.
   */
  query(text: string, options: QueryOptions = {}): Promise<readonly PgResult[]> {
    if (this.#end === 'reached') return this.whileOpen(new Promise(() => undefined))
    const isHeard = () => this.#end === 'none' || (this.#end === 'coming' && isConnectionSetup(text))
    return settledIf(isHeard, this.#perform(text, options))
  }

  /**
   * The process behind the clients is about to end: what it sends still runs, but it hears no answer, but for those with
   * which it opens connections.
   */
  announceEnd(): void {
    this.#end = 'coming'
  }

  /** The process has ended: nothing that it sends runs. What it left open is rolled back. */
  async endHere(): Promise<void> {
    this.#end = 'reached'
    if (this.inTransaction) await this.#perform('ROLLBACK', {})
  }

  /** What only a process that has not ended hears. */
  whileOpen<T>(outcome: Promise<T>): Promise<T> {
    return settledIf(() => this.#end !== 'reached', outcome)
  }

  async #perform(
    text: string,
    { values = [], parserOf = () => (value) => value, place, client = this }: QueryOptions,
  ): Promise<readonly PgResult[]> {
    const { sql, missing, isEmpty } = withoutMissingExtensions(text, this.#available)
    this.#pending += 1
    try {
      if (isEmpty) return [{ command: 'CREATE', rowCount: null, rows: [], fields: [] }]
      const send = () => this.#engine.raw(sql, values.length === 0 ? {} : { parameters: values })
      const results = await this.#inTurn(() =>
        this.#outside.run(client, sql, send, (own) => this.#engine.run(own)),
      )
      return (results ?? [{ command: 'ROLLBACK', fields: null, rows: [], truncated: false }]).map((result) =>
        pgResult(result, parserOf),
      )
    } catch (error) {
      if (error instanceof EngineCrash) this.crash = error
      throw error instanceof PgError ? Object.assign(error, error.fields) : error
    } finally {
      this.#pending -= 1
      const oids = this.#log?.take() ?? []
      if (this.recording) {
        this.#sent.push({
          sql: text.trim().replace(/;$/, ''),
          oids,
          ...(place ? { place } : {}),
          ...(missing.length > 0 ? { missingExtensions: missing } : {}),
        })
      }
    }
  }

  /** A statement with those that frame it is one turn. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work)
    this.#turn = run.catch(() => undefined)
    return run
  }
}

/** Session settings and the list of types, which Sequelize asks for on each new connection. */
export function isConnectionSetup(sql: string): boolean {
  return (
    sql.startsWith('WITH ranges AS (') ||
    sql.startsWith('SET client_min_messages TO ') ||
    /^(SHOW|DISCARD ALL|SELECT version)/i.test(sql)
  )
}

function settledIf<T>(isHeard: () => boolean, outcome: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    outcome.then(
      (value) => isHeard() && resolve(value),
      (error: unknown) => isHeard() && reject(error),
    )
  })
}

/** A command tag reads `SELECT 3`, `INSERT 0 1`, `ALTER TABLE`; node-postgres keeps the first word and the count. */
function pgResult({ command, fields, rows }: RawResult, parserOf: ParserOf): PgResult {
  const columns = (fields ?? []).map(({ name, typeOid }) => ({
    name,
    dataTypeID: typeOid,
    parse: parserOf(typeOid, 'text'),
  }))
  const count = /(\d+)$/.exec(command)?.[1]
  return {
    command: command.split(' ')[0] ?? '',
    rowCount: count === undefined ? null : Number(count),
    fields: columns,
    rows: rows.map((row) =>
      Object.fromEntries(
        columns.map(({ name, parse }, index) => {
          const text = row[index]
          return [name, text == null ? null : parse(text)]
        }),
      ),
    ),
  }
}
