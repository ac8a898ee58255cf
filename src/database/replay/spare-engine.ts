import type { Engine, OpenEngine } from '../engine.ts'

/** An engine that starts before it is known whether it will be needed. */
export class SpareEngine {
  readonly #open: OpenEngine
  #starting: Promise<Engine> | null

  constructor(open: OpenEngine) {
    this.#open = open
    this.#starting = open()
    // Whoever takes it hears of a failure.
    this.#starting.catch(() => undefined)
  }

  /** Gives it, and a fresh one from the second time on. */
  readonly take: OpenEngine = () => {
    const starting = this.#starting ?? this.#open()
    this.#starting = null
    return starting
  }

  /** Closes it unless somebody took it. */
  async close(): Promise<void> {
    const engine = await this.#starting?.catch(() => null)
    this.#starting = null
    await engine?.close()
  }
}
