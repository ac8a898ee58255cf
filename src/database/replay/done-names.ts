import { quoteName } from '../../core/sql/quote.ts'
import { type Engine, PgError } from '../engine.ts'
import type { MigrationStorage } from '../sequelize-runner/project-config.ts'

/** The table in which a project notes the migrations that ran, as umzug keeps it. Null: it is kept elsewhere. */
export class DoneNames {
  /** Quoted, with its schema. */
  readonly table: string | null
  readonly #engine: Engine
  readonly #schema: string | null
  readonly #onSchema: () => void

  /** `onSchema` hears that a schema may have been made for the table. */
  constructor(engine: Engine, storage: MigrationStorage | null, onSchema: () => void) {
    this.#engine = engine
    this.#onSchema = onSchema
    this.#schema = storage?.schema ?? null
    this.table = storage ? `${quoteName(storage.schema ?? 'public')}.${quoteName(storage.table)}` : null
  }

  /** Makes the table where it is missing: a `down` may drop every table. */
  async ensure(): Promise<void> {
    if (this.table === null) return
    if (this.#schema !== null) {
      await this.#engine.run(`CREATE SCHEMA IF NOT EXISTS ${quoteName(this.#schema)}`)
      this.#onSchema()
    }
    await this.#engine.run(
      `CREATE TABLE IF NOT EXISTS ${this.table} ("name" VARCHAR(255) NOT NULL UNIQUE, PRIMARY KEY ("name"))`,
    )
  }

  async all(): Promise<ReadonlySet<string>> {
    if (this.table === null) return new Set()
    const { rows } = await this.#engine.query(`SELECT name FROM ${this.table}`)
    return new Set(rows.map(({ name }) => String(name)))
  }

  async add(name: string): Promise<void> {
    await this.#inTable((table) => `INSERT INTO ${table} (name) VALUES ($1) ON CONFLICT DO NOTHING`, name)
  }

  async remove(name: string): Promise<void> {
    await this.#inTable((table) => `DELETE FROM ${table} WHERE name = $1`, name)
  }

  /** Looking for the table each time would take longer than the statement. */
  async #inTable(sqlFor: (table: string) => string, name: string): Promise<void> {
    if (this.table === null) return
    const sql = sqlFor(this.table)
    try {
      await this.#engine.query(sql, [name])
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      await this.ensure()
      await this.#engine.query(sql, [name])
    }
  }
}
