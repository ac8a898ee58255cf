import type { Progress } from './api.ts'
import { EngineCrash } from './engine.ts'
import { joinedParts } from './parts.ts'
import type { CallName, Calls, FromWorker, Hello, PortableAssets, ToWorker } from './protocol.ts'
import { revivedError } from './sandbox-protocol.ts'

interface Waiting {
  readonly resolve: (output: unknown) => void
  readonly reject: (error: unknown) => void
  readonly onProgress: ((progress: Progress) => void) | undefined
  readonly parts: (readonly unknown[])[]
}

interface LineOptions {
  readonly onProgress?: (progress: Progress) => void
  readonly transfer?: readonly Transferable[]
}

/** One worker and the calls that wait for it. */
export class WorkerLine {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #last = 0
  #ended: unknown = null

  /** `onAssets` gets what the worker loaded, for the next ones. */
  constructor(worker: Worker, hello: Hello, onAssets: (assets: PortableAssets) => void) {
    this.#worker = worker
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ('assets' in data) onAssets(data.assets)
      else this.#hear(data)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      this.end(new EngineCrash(event.message || 'The database worker broke'))
    }
    this.#post({ hello })
  }

  get isOver(): boolean {
    return this.#ended !== null
  }

  call<Name extends CallName>(
    name: Name,
    input: Calls[Name]['input'],
    { onProgress, transfer = [] }: LineOptions = {},
  ): Promise<Calls[Name]['output']> {
    if (this.#ended !== null) return Promise.reject(this.#ended)
    this.#last += 1
    const id = this.#last
    const output = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress, parts: [] })
      this.#post({ id, name, input }, transfer)
    })
    // The worker answers each call with the output that the table of calls gives it.
    return output as Promise<Calls[Name]['output']>
  }

  /** Ends the worker at once, whatever it is doing; its calls reject with `reason`. */
  end(reason: unknown): void {
    if (this.#ended !== null) return
    this.#ended = reason
    this.#worker.terminate()
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
  }

  #post(message: ToWorker, transfer: readonly Transferable[] = []): void {
    this.#worker.postMessage(message, [...transfer])
  }

  #hear(message: Exclude<FromWorker, { readonly assets: PortableAssets }>): void {
    const waiting = this.#waiting.get(message.id)
    if (!waiting) return
    if ('progress' in message) {
      waiting.onProgress?.(message.progress)
      return
    }
    if ('part' in message) {
      waiting.parts.push(message.part)
      return
    }
    this.#waiting.delete(message.id)
    if ('failure' in message) waiting.reject(revivedError(message.failure))
    else waiting.resolve(joinedParts(message.output, waiting.parts))
  }
}
