import type { Connection, Submittable } from 'pg'
import type { RawField, RawOptions, RawResult } from '../engine.ts'

interface RowDescription {
  readonly fields: readonly {
    readonly name: string
    readonly dataTypeID: number
    readonly dataTypeModifier: number
  }[]
}

/**
 * One query as the wire has it: the whole command tag and every value as text, which node-postgres' own results leave
 * out. The methods are those that node-postgres calls on what is submitted to it (pg-cursor is another).
 */
export class Exchange implements Submittable {
  /** Rejects with node-postgres' DatabaseError, or with the error that ended the connection. */
  readonly done: Promise<readonly RawResult[]>
  readonly #sql: string
  readonly #options: RawOptions
  readonly #results: RawResult[] = []
  #fields: readonly RawField[] | null = null
  #rows: (readonly (string | null)[])[] = []
  #resolve: (results: readonly RawResult[]) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined

  constructor(sql: string, options: RawOptions) {
    this.#sql = sql
    this.#options = options
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: Connection): void {
    const { parameters, maxRows } = this.#options
    if (parameters === undefined && maxRows === undefined) {
      connection.query(this.#sql)
      return
    }
    connection.parse({ name: '', text: this.#sql, types: [] }, true)
    connection.bind({ values: [...(parameters ?? [])] }, true)
    connection.describe({ type: 'P', name: '' }, true)
    connection.execute(maxRows === undefined ? {} : { rows: String(maxRows) }, true)
    connection.sync()
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#fields = fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
      name,
      typeOid: dataTypeID,
      typeModifier: dataTypeModifier,
    }))
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#rows.push(fields)
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#finish(text, false)
  }

  handleEmptyQuery(): void {
    this.#finish('', false)
  }

  handlePortalSuspended(): void {
    this.#finish('SELECT', true)
  }

  handleCopyData(): void {}

  handleReadyForQuery(): void {
    this.#resolve(this.#results)
  }

  /** The session's state is known once the server is ready again; a lost connection never is. */
  handleError(error: Error, connection: Connection): void {
    if (!('severity' in error)) {
      this.#reject(error)
      return
    }
    const reject = () => {
      connection.off('readyForQuery', reject).off('end', reject)
      this.#reject(error)
    }
    connection.on('readyForQuery', reject).on('end', reject)
  }

  #finish(command: string, truncated: boolean): void {
    this.#results.push({ command, fields: this.#fields, rows: this.#rows, truncated })
    this.#fields = null
    this.#rows = []
  }
}
