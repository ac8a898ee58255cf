import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import type { ParseSql } from '../core/sql/split.ts'
import type { CallOptions, QueryOutcome, ShadowReport } from './api.ts'
import { type Engine, EngineCrash, type OpenEngine } from './engine.ts'
import type { ApplyOptions } from './held-schema.ts'
import { resetSession, runQuery } from './query-run.ts'
import { MustRebuild, type ReadBack, Shadow } from './shadow.ts'

interface Waiting {
  document: SchemaDocument
  options: CallOptions
  readonly report: Promise<ShadowReport>
}

/** Crashes in a row after which the fault is not in the document. */
const maxCrashes = 3

/** Keeps the shadow alive: builds it, follows edits, builds it again after a crash, and runs queries on it in turn. */
export class ShadowKeeper {
  readonly #open: OpenEngine
  readonly #parse: () => Promise<ParseSql>
  readonly #avoid = new Map<ObjectId, { readonly object: ObjectBase; readonly problem: Problem }>()
  #shadow: Shadow | null = null
  #document: SchemaDocument | null = null
  #waiting: Waiting | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(open: OpenEngine, parse: () => Promise<ParseSql>) {
    this.#open = open
    this.#parse = parse
  }

  /** Starts the engine, if it does not run yet. */
  start(): Promise<Engine> {
    return this.#inTurn(async () => (await this.#living()).engine)
  }

  /** Follows the document. While a call waits for its turn, a newer one takes its place and both get its report. */
  validate(document: SchemaDocument, options: CallOptions = {}): Promise<ShadowReport> {
    if (this.#waiting) {
      this.#waiting.document = document
      this.#waiting.options = options
      return this.#waiting.report
    }
    const report = this.#inTurn(() => {
      const newest = this.#waiting
      this.#waiting = null
      return this.#follow(newest?.document ?? document, newest?.options ?? options)
    })
    this.#waiting = { document, options, report }
    return report
  }

  query(sql: string, options: CallOptions & { readonly maxRows?: number } = {}): Promise<QueryOutcome> {
    return this.#inTurn(async () => {
      const shadow = await this.#living()
      try {
        return await runQuery(shadow.engine, shadow.log, await this.#parse(), sql, options)
      } catch (error) {
        await this.#discard()
        if (error instanceof EngineCrash) return crashOutcome(error)
        throw error
      } finally {
        if (this.#shadow) await this.#settleSession(this.#shadow)
      }
    })
  }

  /** Everything the shadow holds, as PostgreSQL prints it. */
  read(document: SchemaDocument): Promise<ReadBack & { readonly problems: readonly Problem[] }> {
    return this.#inTurn(async () => {
      const { problems } = await this.#follow(document, {})
      const shadow = await this.#living()
      return { ...(await shadow.readAll()), problems }
    })
  }

  async close(): Promise<void> {
    await this.#turn.catch(() => undefined)
    await this.#discard()
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work)
    this.#turn = run.catch(() => undefined)
    return run
  }

  async #follow(document: SchemaDocument, options: CallOptions): Promise<ShadowReport> {
    const started = performance.now()
    const apply = applyOptions(options)
    if (this.#document && isAnother(this.#document, document)) await this.#discard()
    let rebuilt = this.#shadow === null
    for (let crashes = 0; ; ) {
      try {
        this.#shadow ??= await Shadow.start(await this.#open())
        const report = await this.#shadow.follow(document, { ...apply, avoid: this.#avoid })
        this.#document = document
        return { ...report, milliseconds: performance.now() - started, rebuilt }
      } catch (error) {
        const blamed = this.#shadow?.current ?? null
        await this.#discard()
        rebuilt = true
        if (error instanceof MustRebuild) continue
        crashes += 1
        if (!(error instanceof EngineCrash) || crashes >= maxCrashes) throw error
        this.#blame(blamed, document, error)
      }
    }
  }

  /** An engine that breaks on a statement would break on it again: its object is left out until it changes. */
  #blame(id: ObjectId | null, document: SchemaDocument, crash: EngineCrash): void {
    const object = id === null ? undefined : document.objects.get(id)
    if (!object) return
    const problem: Problem = {
      code: 'engine-crash',
      severity: 'error',
      source: 'Relata',
      object: object.id,
      message: 'PostgreSQL in the page broke on this and was started again without it.',
      detail: crash.message,
    }
    this.#avoid.set(object.id, { object, problem })
  }

  async #living(): Promise<Shadow> {
    if (!this.#shadow && this.#document) await this.#follow(this.#document, {})
    this.#shadow ??= await Shadow.start(await this.#open())
    return this.#shadow
  }

  async #settleSession(shadow: Shadow): Promise<void> {
    try {
      await resetSession(shadow.engine)
      await shadow.prepareSession()
      shadow.mayHoldRows = true
    } catch {
      await this.#discard()
    }
  }

  async #discard(): Promise<void> {
    const shadow = this.#shadow
    this.#shadow = null
    await shadow?.engine.close().catch(() => undefined)
  }
}

function applyOptions({ onProgress, signal }: CallOptions): ApplyOptions {
  return {
    onProgress: (progress) => {
      signal?.throwIfAborted()
      onProgress?.(progress)
    },
  }
}

function crashOutcome(error: EngineCrash): QueryOutcome {
  return {
    results: [],
    notices: [],
    problem: {
      code: 'engine-crash',
      severity: 'error',
      source: 'Relata',
      message: 'PostgreSQL in the page broke on this query and was started again; rows are gone.',
      detail: error.message,
    },
  }
}

/** Another project was opened: what the shadow holds would only stand in the way, `public` first. */
function isAnother(held: SchemaDocument, document: SchemaDocument): boolean {
  return document.objects.size > 0 && ![...held.objects.keys()].some((id) => document.objects.has(id))
}
