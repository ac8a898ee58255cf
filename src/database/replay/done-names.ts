import { quoteName, quoteText } from '../../core/sql/quote.ts'
import { type Engine, PgError } from '../engine.ts'
import type { MigrationStorage } from '../sequelize-runner/project-config.ts'

/** The table in which a project notes the migrations that ran, as umzug keeps it. Null: it is kept elsewhere. */
export class DoneNames {
  /** Quoted, with its schema. */
  readonly table: string | null
  /** As Sequelize writes it: a schema is named only where the config names one. */
  readonly #named: string | null
  readonly #engine: Engine
  readonly #schema: string | null
  readonly #onSchema: () => void

  /** `onSchema` hears that a schema may have been made for the table. */
  constructor(engine: Engine, storage: MigrationStorage | null, onSchema: () => void) {
    this.#engine = engine
    this.#onSchema = onSchema
    this.#schema = storage?.schema ?? null
    const schema = storage?.schema ? `${quoteName(storage.schema)}.` : ''
    this.#named = storage ? `${schema}${quoteName(storage.table)}` : null
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

  /** Gives what PostgreSQL refused where the session that a file left behind does not reach the table. */
  add(name: string): Promise<PgError | null> {
    return this.#inTable((table) => `INSERT INTO ${table} (name) VALUES ($1) ON CONFLICT DO NOTHING`, name)
  }

  remove(name: string): Promise<PgError | null> {
    return this.#inTable((table) => `DELETE FROM ${table} WHERE name = $1`, name)
  }

  /** Looking for the table each time would take longer than the statement. */
  async #inTable(sqlFor: (table: string) => string, name: string): Promise<PgError | null> {
    if (this.table === null || this.#named === null) return null
    try {
      await this.#engine.query(sqlFor(this.#named), [name])
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      if (await this.#isThere(this.table)) return error
      await this.ensure()
      await this.#engine.query(sqlFor(this.table), [name])
    }
    return null
  }

  async #isThere(table: string): Promise<boolean> {
    const { rows } = await this.#engine.query(`SELECT to_regclass(${quoteText(table)}) IS NOT NULL AS yes`)
    return rows[0]?.yes === true
  }
}
