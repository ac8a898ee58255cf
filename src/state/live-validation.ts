import { passwordProblems } from '../core/commands/stored-passwords.ts'
import { blankDocument, type SchemaDocument } from '../core/model/document.ts'
import { integrityProblems } from '../core/model/integrity.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import type { DatabaseApi, Difference, ShadowReport } from '../database/api.ts'
import { openPageDatabase } from '../database/page-database.ts'
import { connectDatabase } from './database.ts'
import { documentStore } from './document-store.ts'
import { engineStore } from './engine-store.ts'

/** Edits that follow each other faster than this are checked together. */
const settleMilliseconds = 25
/** Shorter checks do not show as "checking". */
const quietMilliseconds = 150
/** The shadow is compared with a fresh database when nobody has drawn for so long … */
const idleMilliseconds = 20_000
/** … and not more often than this. */
const verifyEveryMilliseconds = 120_000

/** Starts PostgreSQL in the page and lets it follow the document; gives the function that ends it. */
export function startLiveValidation(): () => void {
  let validation: LiveValidation | null = null
  const api = openPageDatabase(() => validation?.restarted())
  connectDatabase(api)
  validation = new LiveValidation(api)
  validation.start()
  return () => {
    validation?.stop()
    void api.close()
  }
}

/** Lets a database follow the document store and writes what PostgreSQL says into the engine store. */
export class LiveValidation {
  readonly #api: DatabaseApi
  #seen: SchemaDocument = blankDocument
  #timer: ReturnType<typeof setTimeout> | undefined
  #idle: ReturnType<typeof setTimeout> | undefined
  #verifying: AbortController | null = null
  #verifiedAt = 0
  #running = 0
  #stopped = false
  #unsubscribe: () => void = () => undefined

  constructor(api: DatabaseApi) {
    this.#api = api
  }

  start(): void {
    engineStore.setState({ status: 'starting', failure: null })
    this.#unsubscribe = documentStore.subscribe(({ document }) => {
      if (document.objects !== this.#seen.objects) this.#schedule()
    })
    void this.#boot()
  }

  stop(): void {
    this.#stopped = true
    this.#unsubscribe()
    this.#verifying?.abort()
    clearTimeout(this.#timer)
    clearTimeout(this.#idle)
  }

  /** The shadow is empty again: what is drawn must be built anew. */
  restarted(): void {
    engineStore.setState({ status: 'restarting' })
    this.#schedule()
  }

  async #boot(): Promise<void> {
    try {
      const { version } = await this.#api.boot()
      if (this.#stopped) return
      engineStore.setState({ status: 'ready', version })
      await this.#check()
    } catch (error) {
      fail(error)
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#idle)
    this.#verifying?.abort()
    this.#timer = setTimeout(() => void this.#check(), settleMilliseconds)
  }

  async #check(): Promise<void> {
    const { document } = documentStore.getState()
    this.#seen = document
    const turn = ++this.#running
    const slow = setTimeout(() => {
      if (engineStore.getState().status === 'ready') engineStore.setState({ status: 'checking' })
    }, quietMilliseconds)
    try {
      const report = await this.#api.validate(document)
      if (this.#stopped) return
      // What it touched is not read again for the check that took its place.
      if (turn !== this.#running) {
        keepPrints(report)
        return
      }
      publish(report, document)
      this.#idle = setTimeout(() => void this.#verify(), idleMilliseconds)
    } catch (error) {
      if (turn === this.#running && !this.#stopped) fail(error)
    } finally {
      clearTimeout(slow)
    }
  }

  /** Compares the shadow with a database built from nothing. A difference is our bug, and is shown as such. */
  async #verify(): Promise<void> {
    if (Date.now() - this.#verifiedAt < verifyEveryMilliseconds) return
    const controller = new AbortController()
    this.#verifying = controller
    const { document } = documentStore.getState()
    if (document.objects.size <= 1) return
    try {
      const differences = await this.#api.verifyShadow(document, { signal: controller.signal })
      this.#verifiedAt = Date.now()
      if (controller.signal.aborted) return
      const { problems } = engineStore.getState()
      engineStore.setState({ problems: [...problems.filter(isNoDrift), ...differences.map(drift)] })
    } catch (error) {
      if (!controller.signal.aborted) console.error('The shadow could not be verified', error)
    }
  }
}

function publish(report: ShadowReport, document: SchemaDocument): void {
  // What PostgreSQL has said of an object need not be said again.
  const refused = new Set(report.problems.map(({ object }) => object))
  const ours = integrityProblems(document).filter(({ object }) => !refused.has(object))
  // One object can change another (a primary key makes its columns NOT NULL), so this alone proves no fault.
  if (report.differences.length > 0)
    console.debug('The catalogue differs from the drawing', report.differences)
  engineStore.setState({
    status: 'ready',
    failure: null,
    problems: [...report.problems, ...ours, ...passwordProblems(document), ...heldProblems(document)],
    canonical: merged(engineStore.getState().canonical, report, document),
    checkedMilliseconds: report.milliseconds,
  })
}

function keepPrints(report: ShadowReport): void {
  const { document } = documentStore.getState()
  engineStore.setState(({ canonical }) => ({ canonical: merged(canonical, report, document) }))
}

/** What the last plan was refused for, and where models differ: the next run says whether that still holds. */
function heldProblems({ objects }: SchemaDocument): readonly Problem[] {
  return engineStore
    .getState()
    .problems.filter(
      ({ source, object }) =>
        (source === 'Migration' && object !== undefined && objects.has(object)) ||
        (source === 'Models' && (object === undefined || objects.has(object))),
    )
}

function merged(
  known: ReadonlyMap<ObjectId, ObjectBase>,
  { canonical, rebuilt }: ShadowReport,
  { objects }: SchemaDocument,
): ReadonlyMap<ObjectId, ObjectBase> {
  if (rebuilt) return canonical
  const next = new Map(known)
  for (const [id, object] of canonical) next.set(id, object)
  if (next.size > objects.size) for (const id of next.keys()) if (!objects.has(id)) next.delete(id)
  return next
}

function fail(error: unknown): void {
  const failure = error instanceof Error ? error.message : String(error)
  console.error('PostgreSQL in the page failed', error)
  engineStore.setState({ status: 'failed', failure })
}

const driftCode = 'shadow-differs'

function drift({ object, field, expected, found }: Difference): Problem {
  return {
    code: driftCode,
    severity: 'info',
    source: 'Relata',
    message: `${object}${field === undefined ? '' : ` · ${field}`} is in the database otherwise than drawn: a fault of Relata.`,
    detail: `Drawn: ${expected ?? 'nothing'}. In the database: ${found ?? 'nothing'}.`,
  }
}

function isNoDrift({ code }: Problem): boolean {
  return code !== driftCode
}
