import { type Engine, PgError, type RawResult } from '../engine.ts'

/** What node-postgres calls a result. */
export interface PgResult {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}

export type ParserOf = (typeId: number, format: 'text') => (text: string) => unknown

/**
 * One engine behind several `pg` clients. All share its only session and take turns, so a statement outside a
 * client's transaction still sees what that transaction has not committed, which a server would not show.
 */
export class SharedSession {
  readonly #engine: Engine
  readonly #recorded: string[] = []
  recording = false

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The statements since `recording` was set, as the server received them. */
  get statements(): readonly string[] {
    return this.#recorded
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
  async query(
    sql: string,
    values: readonly (string | null)[] = [],
    parserOf: ParserOf = () => (text) => text,
  ): Promise<readonly PgResult[]> {
    if (this.recording) this.#recorded.push(sql.trim().replace(/;$/, ''))
    try {
      const results = await this.#engine.raw(sql, values.length === 0 ? {} : { parameters: values })
      return results.map((result) => pgResult(result, parserOf))
    } catch (error) {
      throw error instanceof PgError ? Object.assign(error, error.fields) : error
    }
  }
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
