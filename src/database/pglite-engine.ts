import { PGlite } from '@electric-sql/pglite'
import type { PgErrorFields } from './api.ts'
import {
  type Engine,
  EngineCrash,
  type EngineResult,
  type PgError,
  type RawOptions,
  type RawResult,
  type TransactionState,
} from './engine.ts'
import type { EngineAssets } from './engine-assets.ts'
import { installExtension } from './extension-files.ts'
import { extensionsWanted, guardStatement } from './statement-guard.ts'
import { type TablespaceHome, Tablespaces, tablespaceHome, tablespacesNamed } from './tablespaces.ts'
import { lastResult, printValue } from './values.ts'
import { extendedQuery, fieldsOf, type Reply, readReply, simpleQuery } from './wire.ts'

/** PGlite hangs instead of failing when it cannot start. */
const bootMilliseconds = 30_000

/** An empty module: with a data directory at hand initdb never runs, so its module need not be loaded. */
const noInitdb = () => new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))

/** Without `-O`, which would let people change system catalogues, as a real server does not. */
const startParameters = PGlite.defaultStartParams.filter((parameter) => parameter !== '-O')

/** The status with which PostgreSQL's longjmp to its main loop leaves WebAssembly (pglitec.c). */
const longjmpStatus = 100

/** Kept prepared statements; beyond it all are forgotten. */
const maxPrepared = 200

/** DISCARD ALL as PostgreSQL spells it out, but for what the engine has prepared: planning that again takes longer. */
const discardOthers = `CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *;
  SELECT pg_advisory_unlock_all();
  DO $$ DECLARE other text; BEGIN
    FOR other IN SELECT name FROM pg_prepared_statements WHERE name !~ '^kept_\\d+$' LOOP
      EXECUTE format('DEALLOCATE %I', other);
    END LOOP;
  END $$;
  DISCARD TEMP; DISCARD SEQUENCES`

/** Errors after which the session may be damaged: out of memory, stack depth, internal. */
const doubtfulCodes = /^(53|54001|XX)/

/** Opens a PGlite session on an empty database. Throws EngineCrash when it does not start. */
export async function openPglite(assets: EngineAssets): Promise<Engine> {
  const starting = PGlite.create({
    pgliteWasmModule: assets.wasm,
    initdbWasmModule: noInitdb(),
    fsBundle: assets.files,
    loadDataDir: assets.cluster,
    startParams: startParameters,
  })
  const engine = new PgliteEngine(await withinTime(starting), assets)
  await engine.start()
  return engine
}

async function withinTime(starting: Promise<PGlite>): Promise<PGlite> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const message = `PostgreSQL did not start within ${bootMilliseconds / 1000} s`
    timer = setTimeout(() => reject(new EngineCrash(message)), bootMilliseconds)
  })
  try {
    return await Promise.race([starting, late])
  } catch (error) {
    throw error instanceof EngineCrash ? error : new EngineCrash(String(error))
  } finally {
    clearTimeout(timer)
  }
}

class PgliteEngine implements Engine {
  version = ''
  readonly extensions: readonly string[]
  transaction: TransactionState = 'idle'
  readonly #pglite: PGlite
  readonly #assets: EngineAssets
  readonly #installed = new Set<string>()
  #tablespaces: Tablespaces | null = null
  readonly #prepared = new Map<string, string>()
  readonly #listeners = new Set<(notice: PgErrorFields) => void>()
  #crash: EngineCrash | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(pglite: PGlite, assets: EngineAssets) {
    this.#pglite = pglite
    this.#assets = assets
    this.extensions = Object.keys(assets.extensions)
    this.#watchMainLoop()
  }

  /** A failed dlopen makes every later first load of a library fail, so plpgsql is loaded before anything can fail. */
  async start(): Promise<void> {
    await this.run('DO $$ begin end $$')
    const { rows } = await this.query("select current_setting('server_version') as version")
    this.version = String(rows[0]?.version ?? '').replace(/ .*/, '')
  }

  async query(sql: string, parameters?: readonly unknown[]): Promise<EngineResult> {
    const results =
      parameters === undefined
        ? await this.raw(sql)
        : await this.#exclusively(() => this.#prepare(sql, parameters.map(printValue)))
    return lastResult(results)
  }

  async run(sql: string): Promise<void> {
    await this.raw(sql)
  }

  async raw(sql: string, options: RawOptions = {}): Promise<readonly RawResult[]> {
    guardStatement(sql)
    return this.#exclusively(async () => {
      for (const name of extensionsWanted(sql)) await this.#install(name)
      for (const name of tablespacesNamed(sql)) await this.#assume(name)
      const { parameters, maxRows } = options
      const bytes =
        parameters === undefined && maxRows === undefined
          ? simpleQuery(sql)
          : extendedQuery(sql, parameters ?? [], maxRows === undefined ? {} : { maxRows })
      if (/^\s*discard\s+all[\s;]*$/i.test(sql) && this.transaction === 'idle') {
        return (await this.#exchange(simpleQuery(discardOthers), sql)).slice(-1)
      }
      if (/\b(discard|deallocate)\b/i.test(sql)) this.#prepared.clear()
      return this.#exchange(bytes, sql)
    })
  }

  onNotice(listener: (notice: PgErrorFields) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    if (this.#crash) return
    this.#crash = new EngineCrash('The engine is closed')
    await this.#turn
    await this.#pglite.close()
  }

  /** Calls run one after another: the session has one conversation. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work)
    this.#turn = run.catch(() => undefined)
    return run
  }

  async #prepare(sql: string, parameters: readonly (string | null)[]): Promise<readonly RawResult[]> {
    const known = this.#prepared.get(sql)
    if (known !== undefined) {
      return this.#exchange(extendedQuery(sql, parameters, { name: known, prepared: true }), sql)
    }
    if (this.#prepared.size >= maxPrepared) {
      await this.#exchange(simpleQuery('DEALLOCATE ALL'), 'DEALLOCATE ALL')
      this.#prepared.clear()
    }
    const name = `kept_${this.#prepared.size}`
    const results = await this.#exchange(extendedQuery(sql, parameters, { name }), sql)
    this.#prepared.set(sql, name)
    return results
  }

  async #exchange(bytes: Uint8Array, sql: string): Promise<readonly RawResult[]> {
    const reply = await this.#send(bytes)
    this.transaction = reply.transaction
    if (reply.unfinished) throw this.#fail(`A statement ended without a result: ${sql.slice(0, 200)}`)
    if (reply.error) {
      if (doubtfulCodes.test(reply.error.fields.code)) await this.#canary(reply)
      throw reply.error
    }
    return reply.results
  }

  async #send(bytes: Uint8Array): Promise<Reply> {
    if (this.#crash) throw this.#crash
    const onNotice = (notice: object) => {
      const fields = fieldsOf(notice)
      for (const listener of this.#listeners) listener(fields)
    }
    const { messages } = await this.#pglite.execProtocol(bytes, {
      throwOnError: false,
      syncToFs: false,
      onNotice,
    })
    if (this.#crash) throw this.#crash
    return readReply(messages)
  }

  /** After an error that may have damaged the session: a session in a failed transaction must answer 25P02. */
  async #canary(reply: Reply): Promise<void> {
    const answer = await this.#send(simpleQuery('select 42'))
    const alive =
      reply.transaction === 'failed' ? isAborted(answer.error) : answer.results[0]?.rows[0]?.[0] === '42'
    if (!alive) throw this.#fail(`The session did not survive: ${reply.error?.message ?? ''}`)
  }

  #fail(message: string): EngineCrash {
    this.#crash ??= new EngineCrash(message)
    return this.#crash
  }

  /**
   * PGlite swallows whatever is thrown out of PostgreSQL's main loop. All but its own longjmp is a crash: a stack
   * overflow, an unreachable instruction, memory that cannot grow.
   */
  #watchMainLoop(): void {
    const module = this.#pglite.Module
    const loop = module._PostgresMainLoopOnce
    module._PostgresMainLoopOnce = () => {
      try {
        loop()
      } catch (error) {
        if (statusOf(error) !== longjmpStatus) this.#fail(`PostgreSQL broke: ${String(error)}`)
        throw error
      }
    }
  }

  /** A tablespace of the server that runs the migration one day. */
  async #assume(name: string): Promise<void> {
    if (this.transaction === 'failed') return
    this.#tablespaces ??= new Tablespaces(this.#pglite, await this.#tablespaceHome())
    const sql = this.#tablespaces.ensure(name)
    await this.#exchange(simpleQuery(sql), sql)
  }

  async #tablespaceHome(): Promise<TablespaceHome> {
    const { rows } = lastResult(await this.#exchange(simpleQuery(tablespaceHome), tablespaceHome))
    return { home: String(rows[0]?.home), version: String(rows[0]?.version) }
  }

  async #install(name: string): Promise<void> {
    const entry = this.#assets.extensions[name]
    if (!entry || this.#installed.has(name)) return
    this.#installed.add(name)
    for (const required of entry.requires) await this.#install(required)
    // Created before btree_gin, pgcrypto's digest() fails with "Cipher cannot be initialized".
    if (name === 'pgcrypto') {
      await this.#install('btree_gin')
      await this.#exchange(simpleQuery("LOAD '$libdir/btree_gin'"), 'LOAD btree_gin')
    }
    await installExtension(this.#pglite, await this.#assets.loadExtension(entry.file))
  }
}

function isAborted(error: PgError | null): boolean {
  return error?.fields.code === '25P02'
}

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
}
