import type { PgErrorFields } from './api.ts'

/** Thrown by an engine when PostgreSQL refuses a statement. Carries every field that the server sent. */
export class PgError extends Error {
  readonly fields: PgErrorFields

  constructor(fields: PgErrorFields) {
    super(fields.message)
    this.name = 'PgError'
    this.fields = fields
  }
}

/** The engine failed in silence or broke: the instance must be thrown away (stack exhaustion and the like). */
export class EngineCrash extends Error {
  override readonly name = 'EngineCrash'
}

export interface EngineResult {
  readonly command: string
  /**
   * Values parsed: json as data, booleans, integers up to 32 bits and floats as such, arrays as arrays, null as null.
   * Everything else as PostgreSQL's text: bigint and numeric do not fit a number.
   */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly affected: number
}

export interface RawField {
  readonly name: string
  readonly typeOid: number
  readonly typeModifier: number
}

/** One statement's result as it came over the wire. */
export interface RawResult {
  /** The whole command tag: "INSERT 0 5"; empty for an empty statement. */
  readonly command: string
  /** Null where the statement returns no rows at all. */
  readonly fields: readonly RawField[] | null
  readonly rows: readonly (readonly (string | null)[])[]
  /** True when `maxRows` cut it. */
  readonly truncated: boolean
}

export interface RawOptions {
  /** Text values; then `sql` must be one statement. */
  readonly parameters?: readonly (string | null)[]
  /** At most this many rows are computed; then `sql` must be one statement. */
  readonly maxRows?: number
}

/** The state of the session's transaction block. */
export type TransactionState = 'idle' | 'open' | 'failed'

/** One PostgreSQL session with the guard rails on: results counted, silent failures turned into EngineCrash. */
export interface Engine {
  /** "18.6" */
  readonly version: string
  /** Names that CREATE EXTENSION accepts. */
  readonly extensions: readonly string[]
  readonly transaction: TransactionState
  /**
   * One statement, optionally with parameters, which makes it a prepared one that is kept. Throws PgError or
   * EngineCrash.
   */
  query(sql: string, parameters?: readonly unknown[]): Promise<EngineResult>
  /** One statement without parameters or rows. Throws PgError or EngineCrash. */
  run(sql: string): Promise<void>
  /** One or several statements, values as text. Throws PgError or EngineCrash. */
  raw(sql: string, options?: RawOptions): Promise<readonly RawResult[]>
  /** Calls back for every NOTICE and WARNING; gives the function that ends it. */
  onNotice(listener: (notice: PgErrorFields) => void): () => void
  close(): Promise<void>
}

/** Opens a fresh session on an empty database. */
export type OpenEngine = () => Promise<Engine>
