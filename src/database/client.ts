import type { ImportSource } from '../core/import/source-format.ts'
import type { Plan } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { SequelizercRuns } from '../core/sequelize/folder/read-sequelizerc.ts'
import type { ModelComparison } from '../core/sequelize/models/drift-between.ts'
import type { ModelFacts, ModelReading } from '../core/sequelize/models/model-facts.ts'
import type {
  CallOptions,
  CanonicalSchema,
  DatabaseApi,
  Difference,
  EngineInfo,
  ImportResult,
  PlanCallOptions,
  Proof,
  ProofRequest,
  QueryOutcome,
  ShadowReport,
} from './api.ts'
import { editsBetween } from './document-edits.ts'
import { EngineCrash } from './engine.ts'
import type { Unsettled } from './in-process.ts'
import type { ModelsRequest } from './model-reading.ts'
import type { Calls, PortableAssets } from './protocol.ts'
import type { Replay, ReplayRequest } from './replay/replay.ts'
import { replayRetried } from './replay/retried.ts'
import { openSandbox, type Sandbox } from './sandbox-host.ts'
import type { SequelizercRequest } from './sequelize-runner/run-sequelizerc.ts'
import { WorkerLine } from './worker-line.ts'

interface ClientOptions {
  /** The address of the folder `engine`. */
  readonly base: string
  readonly newWorker: () => Worker
  /** The shadow's worker was ended by a crash or a cancelled query and another took its place, still empty. */
  readonly onRestart?: () => void
  /** A worker that says nothing for so long is taken to run for ever. Default: a minute. */
  readonly silenceMilliseconds?: number
}

type Objects = ReadonlyMap<ObjectId, ObjectBase>

/**
 * The database of the page: one worker keeps the shadow for as long as the page lives; every other long call gets a
 * worker of its own, which ends with it and so gives back its memory.
 */
export class DatabaseClient implements DatabaseApi {
  readonly #options: ClientOptions
  readonly #canonical = new WeakMap<Objects, SchemaDocument>()
  #assets: PortableAssets | undefined
  #shadow: WorkerLine | null = null
  #standby: WorkerLine | null = null
  /** What the shadow's worker has; null: nothing. */
  #sent: Objects | null = null
  #latest: SchemaDocument | null = null
  #next: {
    document: SchemaDocument
    readonly options: CallOptions
    readonly report: Promise<ShadowReport>
  } | null = null
  #turn: Promise<unknown> = Promise.resolve()
  /** All that have not ended. */
  readonly #lines = new Set<WorkerLine>()
  #closed: EngineCrash | null = null

  constructor(options: ClientOptions) {
    this.#options = options
  }

  async boot(): Promise<EngineInfo> {
    const info = await this.#shadowLine().call('boot', null)
    this.#standby ??= this.#newLine()
    return info
  }

  validate(document: SchemaDocument, options: CallOptions = {}): Promise<ShadowReport> {
    this.#latest = document
    if (this.#next) {
      this.#next.document = document
      return this.#next.report
    }
    const report = this.#inTurn(() => {
      const newest = this.#next?.document ?? document
      this.#next = null
      return this.#onShadow('validate', newest, options)
    })
    this.#next = { document, options, report }
    return report
  }

  query(sql: string, options: CallOptions & { readonly maxRows?: number } = {}): Promise<QueryOutcome> {
    return this.#inTurn(async () => {
      // After a restart the shadow is built first: a query on an empty database would not be what was asked.
      this.#shadowLine()
      const latest = this.#latest
      if (latest && this.#sent !== latest.objects) await this.#onShadow('validate', latest, options)
      const { maxRows } = options
      const input = maxRows === undefined ? { sql } : { sql, maxRows }
      return this.#guarded(this.#shadowLine(), options, (line) => line.call('query', input), false)
    })
  }

  async verifyShadow(document: SchemaDocument, options: CallOptions = {}): Promise<readonly Difference[]> {
    const shadow = await this.#inTurn(() => this.#onShadow('readShadow', document, options))
    return this.#inScratch(options, (line, onProgress) =>
      line.call('verify', { document: undrawn(document), shadow }, onProgress),
    )
  }

  async canonicalize(document: SchemaDocument, options: CallOptions = {}): Promise<CanonicalSchema> {
    const result = await this.#inScratch(options, (line, onProgress) =>
      line.call('canonicalize', undrawn(document), onProgress),
    )
    return { written: document, ...result }
  }

  /** Canonical forms are kept for as long as their documents live: a baseline is planned against many times. */
  async plan(from: SchemaDocument, to: SchemaDocument, options: PlanCallOptions = {}): Promise<Plan> {
    const { choices = {} } = options
    const settled = await this.#inScratch(options, (line, onProgress) =>
      line.call('plan', { from: this.#unsettled(from), to: this.#unsettled(to), choices }, onProgress),
    )
    this.#canonical.set(from.objects, settled.from)
    this.#canonical.set(to.objects, settled.to)
    return settled.plan
  }

  #unsettled(document: SchemaDocument): Unsettled {
    const canonical = this.#canonical.get(document.objects)
    return canonical ? { written: undrawn(document), canonical } : { written: undrawn(document) }
  }

  importSql(sql: string, options: CallOptions = {}): Promise<ImportResult> {
    return this.#inScratch(options, (line, onProgress) => line.call('importSql', sql, onProgress))
  }

  importSource(source: ImportSource, options: CallOptions = {}): Promise<ImportResult> {
    return this.#inScratch(options, (line, onProgress) => line.call('importSource', source, onProgress))
  }

  async prove(request: ProofRequest, options: CallOptions = {}): Promise<Proof> {
    const plain = { ...request, from: undrawn(request.from), to: undrawn(request.to) }
    let sandbox: Sandbox | null = null
    try {
      if (request.sources !== undefined) sandbox = await openSandbox(this.#options.base)
      const input = sandbox ? { request: plain, sandbox: sandbox.port } : { request: plain }
      const transfer = sandbox ? [sandbox.port] : []
      return await this.#inScratch(options, (line, onProgress) =>
        line.call('prove', input, { ...onProgress, transfer }),
      )
    } finally {
      sandbox?.close()
    }
  }

  replay(request: ReplayRequest, options: CallOptions = {}): Promise<Replay> {
    return replayRetried((breaking) =>
      this.#inSandbox(options, (line, sandbox, onProgress) =>
        line.call('replay', { request, breaking, sandbox }, { ...onProgress, transfer: [sandbox] }),
      ),
    )
  }

  async #inSandbox<T>(
    options: CallOptions,
    work: (line: WorkerLine, sandbox: MessagePort, listening: Parameters<Work<T>>[1]) => Promise<T>,
  ): Promise<T> {
    const sandbox = await openSandbox(this.#options.base)
    try {
      return await this.#inScratch(options, (line, listening) => work(line, sandbox.port, listening))
    } finally {
      // Whatever a file still does ends with it.
      sandbox.close()
    }
  }

  runSequelizercs(request: SequelizercRequest, options: CallOptions = {}): Promise<SequelizercRuns> {
    return this.#inSandbox(options, (line, sandbox, onProgress) =>
      line.call('runSequelizercs', { request, sandbox }, { ...onProgress, transfer: [sandbox] }),
    )
  }

  readModels(request: ModelsRequest, options: CallOptions = {}): Promise<ModelReading> {
    return this.#inSandbox(options, (line, sandbox, onProgress) =>
      line.call('readModels', { request, sandbox }, { ...onProgress, transfer: [sandbox] }),
    )
  }

  compareModels(
    document: SchemaDocument,
    models: readonly ModelFacts[],
    options: CallOptions = {},
  ): Promise<ModelComparison> {
    return this.#inScratch(options, (line, onProgress) =>
      line.call('compareModels', { document: undrawn(document), models }, onProgress),
    )
  }

  async close(): Promise<void> {
    const closed = new EngineCrash('The database is closed')
    this.#closed = closed
    for (const line of this.#lines) line.end(closed)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work)
    this.#turn = run.catch(() => undefined)
    return run
  }

  /** A call about the document: only what changed is sent. After a crash it is made once more on a new worker. */
  async #onShadow<Name extends 'validate' | 'readShadow'>(
    name: Name,
    document: SchemaDocument,
    { signal, onProgress }: CallOptions,
  ): Promise<Calls[Name]['output']> {
    // Cancelling ends no worker here: the whole shadow would have to be built again.
    signal?.throwIfAborted()
    const options = onProgress ? { onProgress } : {}
    for (let attempt = 1; ; attempt += 1) {
      const line = this.#shadowLine()
      const input = editsBetween(this.#sent, document.objects)
      this.#sent = document.objects
      try {
        return await this.#guarded(line, options, (open, listening) => open.call(name, input, listening))
      } catch (error) {
        if (!line.isOver) this.#endShadow(error)
        if (attempt > 1 || !(error instanceof EngineCrash)) throw error
      }
    }
  }

  #shadowLine(): WorkerLine {
    if (this.#shadow?.isOver) this.#endShadow(new EngineCrash('The worker ended'))
    this.#shadow ??= this.#newLine()
    return this.#shadow
  }

  #endShadow(reason: unknown): void {
    this.#shadow?.end(reason)
    this.#shadow = null
    this.#sent = null
    if (!this.#closed) this.#options.onRestart?.()
  }

  #newLine(): WorkerLine {
    if (this.#closed) throw this.#closed
    const { base, newWorker } = this.#options
    const hello = this.#assets ? { base, assets: this.#assets } : { base }
    const line = new WorkerLine(newWorker(), hello, (assets) => {
      this.#assets = assets
    })
    for (const known of this.#lines) if (known.isOver) this.#lines.delete(known)
    this.#lines.add(line)
    return line
  }

  /** Ends the line when the call is cancelled, or when nothing is heard of it for too long. */
  async #guarded<T>(line: WorkerLine, options: CallOptions, work: Work<T>, mustEnd = true): Promise<T> {
    const { signal, onProgress } = options
    const { silenceMilliseconds = 60_000 } = this.#options
    const cancel = () => line.end(signal?.reason)
    signal?.throwIfAborted()
    signal?.addEventListener('abort', cancel)
    let timer: ReturnType<typeof setTimeout> | undefined
    const listen = () => {
      if (!mustEnd) return
      clearTimeout(timer)
      timer = setTimeout(() => line.end(new EngineCrash('PostgreSQL did not answer')), silenceMilliseconds)
    }
    try {
      // A query may run for as long as a person lets it; all else is known to end.
      listen()
      return await work(line, {
        onProgress: (progress) => {
          listen()
          onProgress?.(progress)
        },
      })
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
    }
  }

  async #inScratch<T>(options: CallOptions, work: Work<T>): Promise<T> {
    options.signal?.throwIfAborted()
    const line = this.#standby ?? this.#newLine()
    // The next call finds a worker that has loaded its program; its engine starts with the call.
    this.#standby = this.#assets ? this.#newLine() : null
    try {
      return await this.#guarded(line, options, work)
    } finally {
      line.end(new EngineCrash('The worker has done its work'))
    }
  }
}

type Work<T> = (
  line: WorkerLine,
  options: { readonly onProgress: NonNullable<CallOptions['onProgress']> },
) => Promise<T>

/** Without its diagram, which says nothing to PostgreSQL. */
function undrawn({ objects }: SchemaDocument): SchemaDocument {
  return { objects, diagram: new Map() }
}
