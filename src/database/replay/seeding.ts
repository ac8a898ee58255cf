import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isTable, type Table } from '../../core/kinds/table/table.kind.ts'
import type { Schema } from '../../core/model/schema.ts'
import { fillTable } from '../../core/sample-data/fill-tables.ts'
import { circleOf } from '../../core/sample-data/insert-order.ts'
import type { SeedRows, SeedUpdate, SeedValue } from '../../core/sequelize/seed-files/seed-rows.ts'
import type { SeedLink, SeedLoop, SeedStep } from '../../core/sequelize/seed-files/seed-step.ts'
import { tableKey, tablesByKey } from '../../core/sequelize/seed-files/seed-table.ts'
import { qualifiedName } from '../../core/sql/names.ts'
import { quoteName, quoteText } from '../../core/sql/quote.ts'
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
  /** Tables whose rows somebody else has put in. */
  readonly #theirs = new Set<string>()

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

  async #fill(step: Extract<SeedStep, { type: 'fill' }>): Promise<SeedRows> {
    const { table: wanted, onlyIfEmpty, links, loops } = step
    const schema = this.#schema
    const table = tablesByKey(schema).get(tableKey(wanted))
    const nothing: SeedRows = { table: wanted, columns: [], rows: [], updates: [], refusal: null }
    if (!table) return nothing
    const name = qualifiedName(table, schema)
    const present = await this.#count([name])
    if (present > 0 && onlyIfEmpty) {
      this.#theirs.add(tableKey(wanted))
      return nothing
    }
    const { inserted, refusal } = await fillTable(table, schema, rowsPerTable, (sql) => this.#refusalOf(sql))
    if (inserted === 0) return { ...nothing, refusal: circleWords(table, schema) ?? refusal }
    const columns = schema.childrenOf(table.id, isColumn).filter(({ generated }) => generated === null)
    if (columns.length === 0) return nothing
    const own = tableKey(wanted)
    for (const loop of loops) {
      if (tableKey(loop.table) === own) await this.#referToFirst(name, loop, present)
    }
    const linked = columns.map((column) => links.find((link) => link.column === column.name))
    const values = columns.map((column, at) => {
      const value = `rows.${quoteName(column.name)}`
      const link = linked[at]
      return link ? this.#placeOf(value, link) : value
    })
    const [result] = await this.#engine.raw(
      `SELECT ${values.join(', ')} FROM ${name} rows ${inOrder(present)}`,
    )
    const rows = (result?.rows ?? []).map((row) =>
      row.map((text, at): SeedValue => {
        const link = linked[at]
        return link && text !== null ? { sql: this.#atPlace(link, text) } : text
      }),
    )
    const updates: SeedUpdate[] = []
    for (const loop of loops) {
      const key = tableKey(loop.table)
      if (key !== own && !this.#theirs.has(key)) updates.push(...(await this.#close(name, loop, present)))
    }
    return { ...nothing, columns: columns.map((column) => column.name), rows, updates }
  }

  /** Lets the new rows of a table that refers to itself all refer to the first, and that to none, where that is taken. */
  async #referToFirst(name: string, { columns, referenced }: SeedLoop, present: number): Promise<void> {
    const [result] = await this.#engine.raw(
      `SELECT tableoid, ctid, ${referenced.map(quoteName).join(', ')} FROM ${name} ${inOrder(present)}`,
    )
    const [first, ...others] = result?.rows ?? []
    if (!first) return
    const update = (row: readonly (string | null)[], values: readonly (string | null)[]) => {
      const set = columns.map((column, at) => `${quoteName(column)} = ${quoted(values[at] ?? null)}`)
      const place = `tableoid = ${row[0]} AND ctid = ${quoted(row[1] ?? null)}`
      return this.#refusalOf(`UPDATE ${name} SET ${set.join(', ')} WHERE ${place}`)
    }
    await update(first, [])
    for (const row of others) await update(row, first.slice(2))
  }

  /** Lets rows that were there before refer to the new ones, where that is taken. */
  async #close(name: string, loop: SeedLoop, present: number): Promise<readonly SeedUpdate[]> {
    const other = this.#nameOf(loop)
    const list = (names: readonly string[]) => names.map(quoteName).join(', ')
    const [targets] = await this.#engine.raw(
      `SELECT ${list(loop.referenced)} FROM ${name} ${inOrder(present)}`,
    )
    const open = loop.columns.map((column) => `${quoteName(column)} IS NULL`).join(' AND ')
    const [waiting] = await this.#engine.raw(
      `SELECT ${list(loop.key)} FROM ${other} WHERE ${open} ORDER BY tableoid, ctid LIMIT ${rowsPerTable}`,
    )
    const updates: SeedUpdate[] = []
    for (const [index, row] of (waiting?.rows ?? []).entries()) {
      const values = targets?.rows[index % targets.rows.length] ?? []
      const set = cells(loop.columns, values)
      const key = cells(loop.key, row)
      const assign = ({ column, value }: SeedUpdate['key'][number]) =>
        `${quoteName(column)} = ${quoteText(value)}`
      const where = key.map(assign).join(' AND ')
      const refusal = await this.#refusalOf(
        `UPDATE ${other} SET ${set.map(assign).join(', ')} WHERE ${where}`,
      )
      if (refusal === null) updates.push({ table: loop.table, key, set })
    }
    return updates
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

  #nameOf({ table }: SeedLink | SeedLoop): string {
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

/** Why no file of rows can begin with the table; null where no circle is the reason. */
function circleWords(table: Table, schema: Schema): string | null {
  const circle = circleOf(table, schema)
  if (!circle) return null
  const names = [...circle, table].map(({ name }) => name).join(' → ')
  return `its rows and those that they must refer to need each other (${names}): let one reference be null, or put them in by hand in one transaction`
}

/** On a table that nothing was deleted from, the order of places is that of arrival. */
function inOrder(present: number): string {
  return `ORDER BY tableoid, ctid OFFSET ${present}`
}

function quoted(text: string | null): string {
  return text === null ? 'NULL' : quoteText(text)
}

function cells(columns: readonly string[], values: readonly (string | null)[]): SeedUpdate['key'] {
  return columns.flatMap((column, at) => {
    const value = values[at] ?? null
    return value === null ? [] : [{ column, value }]
  })
}
