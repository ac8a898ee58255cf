import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isTable } from '../../core/kinds/table/table.kind.ts'
import type { Schema } from '../../core/model/schema.ts'
import { fillTable } from '../../core/sample-data/fill-tables.ts'
import type { SeedRows, SeedValue } from '../../core/sequelize/seed-files/seed-rows.ts'
import type { SeedLink, SeedStep } from '../../core/sequelize/seed-files/seed-step.ts'
import { tableKey, tablesByKey } from '../../core/sequelize/seed-files/seed-table.ts'
import { qualifiedName } from '../../core/sql/names.ts'
import { quoteName } from '../../core/sql/quote.ts'
import { type Engine, PgError } from '../engine.ts'
import type { Direction } from '../sequelize-runner/migration-calls.ts'
import type { MigrationFailure, SeedRun, SeedsRun } from './replay.ts'

/** Rows that a table is given. */
const rowsPerTable = 3

/** Runs one direction of a file of seeds; null: it ran to its end. */
type RunSeed = (path: string, direction: Direction) => Promise<MigrationFailure | null>

/** The seeds of a folder on what its migrations built, as sequelize-cli runs them all. */
export class Seeding {
  readonly #engine: Engine
  readonly #schema: Schema
  readonly #runSeed: RunSeed

  constructor(engine: Engine, schema: Schema, runSeed: RunSeed) {
    this.#engine = engine
    this.#schema = schema
    this.#runSeed = runSeed
  }

  async run(steps: readonly SeedStep[], again: boolean): Promise<SeedsRun> {
    const runs: SeedRun[] = []
    const filled: SeedRows[] = []
    for (const step of steps) {
      if (step.type === 'run') runs.push(await this.#one(step.path, 'up'))
      else filled.push(await this.#fill(step))
    }
    if (!again) return { runs, filled }
    const paths = steps.flatMap((step) => (step.type === 'run' ? [step.path] : []))
    for (const path of paths.toReversed()) runs.push(await this.#one(path, 'down'))
    for (const path of paths) runs.push(await this.#one(path, 'up again'))
    return { runs, filled }
  }

  async #one(path: string, phase: SeedRun['phase']): Promise<SeedRun> {
    const before = await this.#countAll()
    const failure = await this.#runSeed(path, phase === 'down' ? 'down' : 'up')
    const rows = (await this.#countAll()) - before
    return { path, phase, rows, ...(failure ? { failure } : {}) }
  }

  async #fill({ table: wanted, onlyIfEmpty, links }: Extract<SeedStep, { type: 'fill' }>): Promise<SeedRows> {
    const schema = this.#schema
    const table = tablesByKey(schema).get(tableKey(wanted))
    const nothing: SeedRows = { table: wanted, columns: [], rows: [], refusal: null }
    if (!table) return nothing
    const name = qualifiedName(table, schema)
    const present = await this.#count([name])
    if (present > 0 && onlyIfEmpty) return nothing
    const { inserted, refusal } = await fillTable(table, schema, rowsPerTable, (sql) => this.#refusalOf(sql))
    if (inserted === 0) return { ...nothing, refusal }
    const columns = schema.childrenOf(table.id, isColumn).filter(({ generated }) => generated === null)
    if (columns.length === 0) return nothing
    const linked = columns.map((column) => links.find((link) => link.column === column.name))
    const values = columns.map((column, at) => {
      const value = `rows.${quoteName(column.name)}`
      const link = linked[at]
      return link ? this.#placeOf(value, link) : value
    })
    // On a table that nothing was deleted from, the order of places is that of arrival.
    const order = `ORDER BY rows.tableoid, rows.ctid OFFSET ${present}`
    const [result] = await this.#engine.raw(`SELECT ${values.join(', ')} FROM ${name} rows ${order}`)
    const rows = (result?.rows ?? []).map((row) =>
      row.map((text, at): SeedValue => {
        const link = linked[at]
        return link && text !== null ? { sql: this.#atPlace(link, text) } : text
      }),
    )
    return { ...nothing, columns: columns.map((column) => column.name), rows }
  }

  /** How many rows have a smaller key than the one that is referred to. */
  #placeOf(value: string, link: SeedLink): string {
    const count = `SELECT count(*) FROM ${this.#nameOf(link)} other WHERE other.${quoteName(link.key)} < ${value}`
    return `CASE WHEN ${value} IS NOT NULL THEN (${count}) END`
  }

  #atPlace(link: SeedLink, place: string): string {
    const key = quoteName(link.key)
    return `(SELECT ${key} FROM ${this.#nameOf(link)} ORDER BY ${key} LIMIT 1 OFFSET ${place})`
  }

  #nameOf({ table }: SeedLink): string {
    const found = tablesByKey(this.#schema).get(tableKey(table))
    if (!found) throw new Error(`No table ${table.name}`)
    return qualifiedName(found, this.#schema)
  }

  async #refusalOf(sql: string): Promise<string | null> {
    try {
      await this.#engine.run(sql)
      return null
    } catch (error) {
      if (!(error instanceof PgError)) throw error
      return error.message
    }
  }

  #countAll(): Promise<number> {
    return this.#count(this.#schema.all(isTable).map((table) => qualifiedName(table, this.#schema)))
  }

  async #count(tables: readonly string[]): Promise<number> {
    if (tables.length === 0) return 0
    const counts = tables.map((name) => `(SELECT count(*) FROM ${name})`)
    const [result] = await this.#engine.raw(`SELECT ${counts.join(' + ')}`)
    return Number(result?.rows[0]?.[0] ?? 0)
  }
}
