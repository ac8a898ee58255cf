import { PgError } from '../engine.ts'

/** Statements about transactions and sessions, which are never part of another client's transaction. */
const control =
  /^\s*(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction|discard|set\s+session|set\s+transaction)\b/i

const ending = /^\s*(commit|end|rollback(?!\s+(work\s+)?to)|abort)\b/i

type Run<T> = (sql: string) => Promise<T>

interface Outside {
  readonly again: () => Promise<unknown>
}

/**
 * Keeps clients apart that share one session, where one of them has a transaction open: what another one sends is
 * neither undone with that transaction nor able to break it, as on a server. It still sees what is not committed yet.
 */
export class OutsideStatements {
  readonly #state: () => 'idle' | 'open' | 'failed'
  #owner: object | null = null
  /** Whose transaction was ended for it, after it had failed. */
  #doomed: object | null = null
  #outside: Outside[] = []

  /** `state` is that of the session's transaction. */
  constructor(state: () => 'idle' | 'open' | 'failed') {
    this.#state = state
  }

  /**
   * Runs what a client sends; `perform` sends it, `control` sends a statement of ours. Gives null where there is nothing to
   * do any more: the end of a transaction that has ended already.
   */
  async run<T>(
    client: object,
    sql: string,
    perform: () => Promise<T>,
    send: Run<unknown>,
  ): Promise<T | null> {
    if (client === this.#doomed) {
      if (!ending.test(sql)) throw aborted()
      this.#doomed = null
      return null
    }
    const isOutside = this.#owner !== null && this.#owner !== client && !control.test(sql)
    if (!isOutside) return this.#inside(client, sql, perform)
    if (this.#state() === 'failed') {
      this.#doomed = this.#owner
      await send('ROLLBACK')
      await this.#ended(true)
      return perform()
    }
    return this.#aside(perform, send)
  }

  async #inside<T>(client: object, sql: string, perform: () => Promise<T>): Promise<T> {
    const wasFailed = this.#state() === 'failed'
    try {
      return await perform()
    } finally {
      if (this.#state() === 'idle') await this.#ended(wasFailed || /^\s*(rollback|abort)\b/i.test(sql))
      else this.#owner ??= client
    }
  }

  async #aside<T>(perform: () => Promise<T>, send: Run<unknown>): Promise<T> {
    await send('SAVEPOINT relata_outside')
    try {
      const result = await perform()
      await send('RELEASE SAVEPOINT relata_outside')
      this.#outside.push({ again: perform })
      return result
    } catch (error) {
      if (error instanceof PgError) await send('ROLLBACK TO SAVEPOINT relata_outside')
      throw error
    }
  }

  /** After a rollback what others did in the meantime is done again; what rested on the transaction cannot be. */
  async #ended(wasUndone: boolean): Promise<void> {
    const outside = this.#outside
    this.#owner = null
    this.#outside = []
    if (!wasUndone) return
    for (const { again } of outside) {
      await again().catch((error: unknown) => {
        if (!(error instanceof PgError)) throw error
      })
    }
  }
}

function aborted(): PgError {
  return new PgError({
    severity: 'ERROR',
    code: '25P02',
    message: 'current transaction is aborted, commands ignored until end of transaction block',
  })
}
