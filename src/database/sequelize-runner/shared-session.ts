import type { PGliteInterface } from '@electric-sql/pglite'
import { EngineCrash } from '../engine.ts'
import { extendedQuery, simpleQuery } from './messages.ts'

/** What node-postgres calls a result. */
export interface PgResult {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}

export type ParserOf = (typeId: number, format: 'text') => (text: string) => unknown

/** The protocol access that a session needs of PGlite. */
export type ProtocolDatabase = Pick<PGliteInterface, 'execProtocol' | 'runExclusive' | 'isInTransaction'>

type BackendMessage = Awaited<ReturnType<ProtocolDatabase['execProtocol']>>['messages'][number]

/**
 * One PGlite behind several `pg` clients. All share its only session and take turns, so a statement outside a
 * client's transaction still sees what that transaction has not committed, which a server would not show.
 */
export class SharedSession {
  readonly #database: ProtocolDatabase
  readonly #recorded: string[] = []
  recording = false

  constructor(database: ProtocolDatabase) {
    this.#database = database
  }

  /** The statements since `recording` was set, as the server received them. */
  get statements(): readonly string[] {
    return this.#recorded
  }

  clearStatements(): void {
    this.#recorded.length = 0
  }

  get inTransaction(): boolean {
    return this.#database.isInTransaction()
  }

  /**
   * Runs SQL as the protocol of node-postgres would: without values as a simple query that may hold several
   * statements, with values as one prepared statement. Throws the server's error with all its fields.
   */
  async query(
    sql: string,
    values: readonly (string | null)[],
    parserOf: ParserOf,
  ): Promise<readonly PgResult[]> {
    if (/^\s*copy\b[\s\S]*\bfrom\s+stdin\b/i.test(sql)) {
      throw new Error('COPY … FROM stdin has no data here')
    }
    if (this.recording) this.#recorded.push(sql.trim().replace(/;$/, ''))
    const bytes = values.length === 0 ? simpleQuery(sql) : extendedQuery(sql, values)
    const { messages } = await this.#database.runExclusive(() =>
      this.#database.execProtocol(bytes, { throwOnError: false }),
    )
    return readResults(messages, parserOf)
  }
}

function readResults(messages: readonly BackendMessage[], parserOf: ParserOf): readonly PgResult[] {
  const results: PgResult[] = []
  let columns: readonly Column[] = []
  let rows: Readonly<Record<string, unknown>>[] = []
  let ready = false
  for (const message of messages) {
    if (message instanceof Error) throw message
    if ('fieldCount' in message && 'fields' in message && message.name === 'rowDescription') {
      columns = columnsOf(message.fields, parserOf)
    } else if (message.name === 'dataRow' && 'fields' in message) {
      rows.push(rowOf(message.fields, columns))
    } else if (message.name === 'commandComplete' && 'text' in message) {
      results.push(resultOf(String(message.text), columns, rows))
      columns = []
      rows = []
    } else if (message.name === 'readyForQuery') {
      ready = true
    }
  }
  if (!ready) throw new EngineCrash('PostgreSQL stopped answering')
  return results
}

interface Column {
  readonly name: string
  readonly dataTypeID: number
  readonly parse: (text: string) => unknown
}

function columnsOf(fields: unknown, parserOf: ParserOf): readonly Column[] {
  if (!Array.isArray(fields)) return []
  return fields.map((field: { name: string; dataTypeID: number }) => ({
    name: field.name,
    dataTypeID: field.dataTypeID,
    parse: parserOf(field.dataTypeID, 'text'),
  }))
}

function rowOf(values: unknown, columns: readonly Column[]): Readonly<Record<string, unknown>> {
  const texts: readonly unknown[] = Array.isArray(values) ? values : []
  return Object.fromEntries(
    columns.map(({ name, parse }, index) => {
      const text = texts[index]
      return [name, typeof text === 'string' ? parse(text) : null]
    }),
  )
}

/** The tag reads `SELECT 3`, `INSERT 0 1`, `ALTER TABLE`. */
function resultOf(tag: string, columns: readonly Column[], rows: PgResult['rows']): PgResult {
  const words = /^([A-Za-z]+(?: [A-Za-z]+)*)(?: (\d+))?(?: (\d+))?/.exec(tag)
  const count = words?.[3] ?? words?.[2]
  return {
    command: words?.[1]?.split(' ')[0] ?? tag,
    rowCount: count === undefined ? null : Number(count),
    rows,
    fields: columns.map(({ name, dataTypeID }) => ({ name, dataTypeID })),
  }
}
