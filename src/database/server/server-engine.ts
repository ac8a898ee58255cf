import { Client } from 'pg'
import type { PgErrorFields } from '../api.ts'
import {
  type Engine,
  EngineCrash,
  type EngineResult,
  PgError,
  type RawOptions,
  type RawResult,
  type TransactionState,
} from '../engine.ts'
import { guardStatement } from '../statement-guard.ts'
import { lastResult, printValue } from '../values.ts'
import { fieldsOf } from '../wire.ts'
import { Exchange } from './exchange.ts'

/** Milliseconds after which a server that does not answer counts as unreachable. */
const connectMilliseconds = 15_000

/**
 * What every session has, whatever the settings of server, database, role and environment: documents are written for
 * it. As start-up options they also survive RESET and DISCARD.
 */
const sessionSettings = [
  'search_path=public',
  'TimeZone=UTC',
  'DateStyle=ISO',
  'IntervalStyle=postgres',
  'default_transaction_read_only=off',
]

const states: Readonly<Record<string, TransactionState>> = { T: 'open', E: 'failed' }

/**
 * Opens a session on a server's database. Throws PgError when the server refuses it, and the network's error when none
 * answers.
 */
export async function openServerEngine(url: string): Promise<Engine> {
  const client = new Client({
    connectionString: withSettings(url),
    connectionTimeoutMillis: connectMilliseconds,
    client_encoding: 'UTF8',
    application_name: 'relata',
  })
  const engine = new ServerEngine(client)
  try {
    await client.connect()
    await engine.start()
  } catch (error) {
    await engine.close()
    throw said(error) ?? error
  }
  return engine
}

function withSettings(url: string): string {
  const address = new URL(url)
  const own = address.searchParams.get('options')
  const options = [...(own === null ? [] : [own]), ...sessionSettings.map((setting) => `-c ${setting}`)]
  address.searchParams.set('options', options.join(' '))
  // As psql takes it: `require` encrypts, and only `verify-ca` and `verify-full` look at certificates.
  if (address.searchParams.has('sslmode')) address.searchParams.set('uselibpqcompat', 'true')
  return address.href
}

class ServerEngine implements Engine {
  version = ''
  extensions: readonly string[] = []
  readonly #client: Client
  readonly #listeners = new Set<(notice: PgErrorFields) => void>()
  #crash: EngineCrash | null = null
  /** What was asked last: the driver wants to be asked one thing at a time. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(client: Client) {
    this.#client = client
    client.on('error', (error) => {
      this.#crash ??= new EngineCrash(`The connection was lost: ${error.message}`)
    })
    client.on('notice', (notice) => {
      const fields = fieldsOf(notice)
      for (const listener of this.#listeners) listener(fields)
    })
  }

  async start(): Promise<void> {
    const version = await this.query("select current_setting('server_version') as version")
    this.version = String(version.rows[0]?.version ?? '').replace(/ .*/, '')
    const extensions = await this.query('select name from pg_available_extensions order by name')
    this.extensions = extensions.rows.map(({ name }) => String(name))
  }

  get transaction(): TransactionState {
    return states[this.#client.getTransactionStatus() ?? ''] ?? 'idle'
  }

  async query(sql: string, parameters?: readonly unknown[]): Promise<EngineResult> {
    return lastResult(await this.raw(sql, parameters ? { parameters: parameters.map(printValue) } : {}))
  }

  async run(sql: string): Promise<void> {
    await this.raw(sql)
  }

  raw(sql: string, options: RawOptions = {}): Promise<readonly RawResult[]> {
    const answer = this.#turn.then(() => this.#ask(sql, options))
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  async #ask(sql: string, options: RawOptions): Promise<readonly RawResult[]> {
    guardStatement(sql)
    if (this.#crash) throw this.#crash
    const exchange = new Exchange(sql, options)
    try {
      this.#client.query(exchange)
      return await exchange.done
    } catch (error) {
      throw said(error) ?? this.#lost(error)
    }
  }

  onNotice(listener: (notice: PgErrorFields) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#crash ??= new EngineCrash('The session is closed')
    await this.#client.end().catch(() => undefined)
  }

  #lost(error: unknown): EngineCrash {
    const reason = error instanceof Error ? error.message : String(error)
    this.#crash ??= new EngineCrash(`The connection was lost: ${reason}`)
    return this.#crash
  }
}

/** What PostgreSQL said, unless it was the end of the session (class 57P) or not PostgreSQL. */
function said(error: unknown): PgError | null {
  if (!(error instanceof Error) || !('severity' in error)) return null
  const fields = fieldsOf(error)
  return fields.code.startsWith('57P0') && fields.severity === 'FATAL' ? null : new PgError(fields)
}
