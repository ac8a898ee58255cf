/** One row of a catalogue query, read by column name with the type that the query promises. Throws on any other. */
export class CatalogRow {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  text(column: string): string {
    const value = this.#values[column]
    return typeof value === 'string' ? value : this.#mismatch(column, 'text')
  }

  textOrNull(column: string): string | null {
    return this.#values[column] === null ? null : this.text(column)
  }

  /** A number, or a numeric text such as a bigint. */
  number(column: string): number {
    const value = this.#values[column]
    if (typeof value === 'number') return value
    return typeof value === 'string' && value !== '' ? Number(value) : this.#mismatch(column, 'number')
  }

  numberOrNull(column: string): number | null {
    return this.#values[column] === null ? null : this.number(column)
  }

  flag(column: string): boolean {
    const value = this.#values[column]
    return typeof value === 'boolean' ? value : this.#mismatch(column, 'boolean')
  }

  texts(column: string): readonly string[] {
    const value = this.#values[column]
    if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value
    return this.#mismatch(column, 'text[]')
  }

  /** An array where null means that it is empty, as array_agg gives it. */
  textsOrNone(column: string): readonly string[] {
    return this.#values[column] === null ? [] : this.texts(column)
  }

  /** A json or jsonb array of rows. */
  rows(column: string): readonly CatalogRow[] {
    const value = this.#values[column]
    if (!Array.isArray(value)) return this.#mismatch(column, 'json array')
    return value.map((item: unknown) =>
      isRecord(item) ? new CatalogRow(item) : this.#mismatch(column, 'json array of objects'),
    )
  }

  #mismatch(column: string, wanted: string): never {
    throw new Error(`Catalogue column ${column} is not ${wanted}: ${JSON.stringify(this.#values[column])}`)
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
