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
  /** Values parsed: json as data, numbers and booleans as such, arrays as arrays, null as null. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly affected: number
}

/** One PostgreSQL session with the guard rails on: results counted, silent failures turned into EngineCrash. */
export interface Engine {
  /** One statement, optionally with parameters. Throws PgError or EngineCrash. */
  query(sql: string, parameters?: readonly unknown[]): Promise<EngineResult>
  /** One statement without parameters or rows. Throws PgError or EngineCrash. */
  run(sql: string): Promise<void>
  close(): Promise<void>
}
