import type { CallOptions } from './database.ts'

/** What becomes of a run, unless another took its place. */
interface Course<T> {
  onProgress: NonNullable<CallOptions['onProgress']>
  onDone(result: T): void
  /** null: it was cancelled. */
  onFailure(message: string | null): void
}

/** Long calls of which only the last counts: one that starts ends the one before it. */
export class LatestRun {
  #running: AbortController | null = null

  async start<T>(call: (options: CallOptions) => Promise<T>, course: Course<T>): Promise<void> {
    this.cancel()
    const run = new AbortController()
    this.#running = run
    const isLatest = () => this.#running === run
    try {
      const result = await call({
        signal: run.signal,
        onProgress: (progress) => {
          if (isLatest()) course.onProgress(progress)
        },
      })
      if (isLatest()) course.onDone(result)
    } catch (error) {
      if (!isLatest()) return
      const message = error instanceof Error ? error.message : String(error)
      course.onFailure(run.signal.aborted ? null : message)
    } finally {
      if (isLatest()) this.#running = null
    }
  }

  /** Ends the run; nothing more is heard of it. */
  cancel(): void {
    this.#running?.abort()
    this.#running = null
  }
}
