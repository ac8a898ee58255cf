import type { PgErrorFields } from './api.ts'
import { EngineCrash, type EngineResult, PgError, type RawOptions, type TransactionState } from './engine.ts'
import type { FolderSetup, RunLimits } from './sequelize-runner/folder-runner.ts'
import type { Direction } from './sequelize-runner/migration-calls.ts'
import type { ModelSetup } from './sequelize-runner/read-models.ts'
import type { SequelizercRequest } from './sequelize-runner/run-sequelizerc.ts'

export interface SandboxQuery {
  /** Of those with parameters, which are asked again and again, only the first time; from then on its number. */
  readonly sql: string | number
  readonly parameters?: readonly unknown[]
}

/** What became of one of them. */
export type QueryAnswer =
  | { readonly ok: true; readonly result: EngineResult }
  | { readonly ok: false; readonly error: PortableError }

/** What the page asks of the sandbox's worker. */
export type SandboxCall =
  /** Boots a fresh engine, after closing the one before. */
  | { readonly type: 'open' }
  /** One after the other, whatever becomes of each. */
  | { readonly type: 'queries'; readonly queries: readonly SandboxQuery[] }
  | { readonly type: 'raw'; readonly sql: string; readonly options?: RawOptions }
  | {
      readonly type: 'migrate'
      readonly source: string
      readonly fileName: string
      readonly direction: Direction
    }
  /** Gives the project's config. */
  | { readonly type: 'openFolder'; readonly setup: FolderSetup }
  | {
      readonly type: 'runFile'
      readonly path: string
      readonly direction: Direction
      readonly limits: RunLimits
    }
  | { readonly type: 'closeFolder' }
  | { readonly type: 'readModels'; readonly setup: ModelSetup }
  /** Needs no engine. */
  | { readonly type: 'runSequelizerc'; readonly request: SequelizercRequest }

/** What `open` gives. */
export interface SandboxInfo {
  readonly version: string
  readonly extensions: readonly string[]
  readonly sequelize: string
}

export type SandboxReply =
  | { readonly ok: true; readonly value: unknown; readonly transaction: TransactionState }
  | { readonly ok: false; readonly error: PortableError; readonly transaction: TransactionState }

/** The worker has no network: it asks for the engine's files by name. */
export interface AssetRequest {
  readonly asset: string
}

/** One side's question and the other's answer, joined by `id`; each side counts its own. */
export type Envelope<Question, Answer> =
  | { readonly id: number; readonly question: Question }
  | { readonly id: number; readonly answer: Answer }

/** An error that survives postMessage with its class and fields. */
export interface PortableError {
  readonly name: string
  readonly message: string
  readonly fields?: PgErrorFields
}

export function portableError(error: unknown): PortableError {
  if (error instanceof PgError) return { name: 'PgError', message: error.message, fields: error.fields }
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) }
}

export function revivedError({ name, message, fields }: PortableError): Error {
  if (fields) return new PgError(fields)
  return name === 'EngineCrash' ? new EngineCrash(message) : new Error(message)
}

interface Waiting<Answer> {
  resolve(answer: Answer): void
  reject(reason: Error): void
}

/** Asks over a port and answers what the other side asks. */
export class PortDialogue<Ask, Hear, AnswerIn, AnswerOut> {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, Waiting<AnswerIn>>()
  #last = 0

  constructor(
    port: MessagePort,
    answer: (question: Hear) => Promise<{ readonly value: AnswerOut; readonly transfer?: Transferable[] }>,
  ) {
    this.#port = port
    port.onmessage = async ({ data }: MessageEvent<Envelope<Hear, AnswerIn>>) => {
      if ('answer' in data) {
        this.#waiting.get(data.id)?.resolve(data.answer)
        this.#waiting.delete(data.id)
      } else {
        const { value, transfer = [] } = await answer(data.question)
        port.postMessage({ id: data.id, answer: value }, transfer)
      }
    }
    port.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new EngineCrash('The other side has ended'))
      this.#waiting.clear()
    })
  }

  /** Rejects with an EngineCrash when the other side ends before it answers, as far as that is heard of. */
  ask(question: Ask): Promise<AnswerIn> {
    this.#last += 1
    const id = this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#port.postMessage({ id, question })
    })
  }
}
