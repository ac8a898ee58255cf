import { EventEmitter } from 'events'
import * as pgTypes from 'pg-types'
import type { Sequelize } from 'sequelize'
import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'
import { valueText } from './pg-values.ts'
import type { ParserOf, PgResult, SharedSession } from './shared-session.ts'
import { isTypeList, TypeList } from './type-list.ts'

type ConnectionManager = Sequelize['connectionManager']

type Outcome = PgResult | readonly PgResult[]
type Callback<T> = (error: unknown, value?: T) => void

interface ClientConfig {
  readonly types?: { readonly getTypeParser: ParserOf }
}

/** What a `pg` client must offer to Sequelize: see its postgres connection manager and query. */
function clientClass(session: SharedSession, living: Set<object>) {
  const types = new TypeList()
  return class Client extends EventEmitter {
    /** Where node-postgres announces server parameters. */
    readonly connection = new EventEmitter()
    readonly #parserOf: ParserOf
    _ending = false
    /** Where the statement that comes next was asked for. */
    place: SourcePlace | undefined

    constructor(config: ClientConfig = {}) {
      super()
      this.#parserOf = config.types?.getTypeParser ?? pgTypes.getTypeParser
    }

    connect(done: Callback<void>): void {
      this.#open().then(
        () => done(null),
        (error: unknown) => done(error),
      )
    }

    async #open(): Promise<void> {
      living.add(this)
      if (living.size === 1) {
        if (session.inTransaction) await session.query('ROLLBACK', { client: this })
        await session.query('DISCARD ALL', { client: this })
      }
      const parameters = { server_version: session.version, standard_conforming_strings: 'on' }
      for (const [parameterName, parameterValue] of Object.entries(parameters)) {
        this.connection.emit('parameterStatus', { parameterName, parameterValue })
      }
    }

    /** `query(sql, done)`, `query(sql, values, done)`, or without `done` for a promise. */
    query(
      sql: string,
      values?: readonly unknown[] | Callback<Outcome>,
      done?: Callback<Outcome>,
    ): Promise<Outcome> | undefined {
      const bound = typeof values === 'function' ? [] : (values ?? [])
      const callback = typeof values === 'function' ? values : done
      const run = this.#run(sql, bound)
      if (!callback) return run
      run.then(
        (outcome) => callback(null, outcome),
        (error: unknown) => callback(error),
      )
      return undefined
    }

    async #run(sql: string, values: readonly unknown[]): Promise<Outcome> {
      if (isTypeList(sql))
        return types.read(sql, async (newer) => (await this.#ask(newer, []))[0] ?? emptyResult)
      const results = await this.#ask(sql, values)
      const [only] = results
      return results.length === 1 && only ? only : results.length === 0 ? emptyResult : results
    }

    #ask(sql: string, values: readonly unknown[]): Promise<readonly PgResult[]> {
      return session.query(sql, {
        values: values.map(valueText),
        parserOf: this.#parserOf,
        place: this.place,
        client: this,
      })
    }

    end(done?: Callback<void>): Promise<void> | undefined {
      this._ending = true
      living.delete(this)
      this.emit('end')
      if (!done) return Promise.resolve()
      queueMicrotask(() => done(null))
      return undefined
    }
  }
}

const emptyResult: PgResult = { command: '', rowCount: null, rows: [], fields: [] }

/**
 * Stands for the package `pg` as Sequelize's `dialectModule`: every client shares the session. `living` holds the
 * clients that are connected, `managers` what borrows them out; `whileOpen` settles as its argument does, unless the
 * process has ended by then.
 */
export function pgModule(session: SharedSession) {
  const living = new Set<object>()
  const managers: ConnectionManager[] = []
  const whileOpen = <T>(outcome: Promise<T>): Promise<T> => session.whileOpen(outcome)
  return { Client: clientClass(session, living), types: pgTypes, living, managers, whileOpen }
}
