/** How the work of saving stands. */
export type SavingState =
  | { readonly saving: 'saved' | 'unsaved' | 'saving' }
  | { readonly saving: 'failed'; readonly problem: string }

export interface AutosaveOptions {
  /** Writes everything as it is now; a sentence when it could not. */
  readonly save: () => Promise<string | null>
  readonly onState: (state: SavingState) => void
  /** Milliseconds of rest before it saves, and the most that it waits while edits go on. */
  readonly rest?: number
  readonly most?: number
}

/** Saves soon after each edit, one write at a time; what is edited during a write is written after it. */
export interface Autosave {
  /** Something was edited. */
  touch(): void
  /** Saves now what is unsaved. Resolves when all edits made before the call are written or have failed. */
  flush(): Promise<void>
  /** Whether something is not yet on disk. */
  pending(): boolean
  /** Gives up what is unsaved. */
  stop(): void
}

/** Milliseconds after which a failed write is tried again. */
const retryDelay = 10_000

export function createAutosave({ save, onState, rest = 400, most = 2000 }: AutosaveOptions): Autosave {
  let dirty = false
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let firstTouch: number | null = null
  let running: Promise<void> | null = null

  const write = async (): Promise<void> => {
    while (dirty && !stopped) {
      dirty = false
      firstTouch = null
      onState({ saving: 'saving' })
      const problem = await save()
      if (stopped) return
      if (problem !== null) {
        dirty = true
        onState({ saving: 'failed', problem })
        timer = setTimeout(() => void flush(), retryDelay)
        return
      }
      onState({ saving: dirty ? 'unsaved' : 'saved' })
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    running ??= write().finally(() => {
      running = null
    })
    return running
  }
  return {
    touch() {
      if (stopped) return
      dirty = true
      if (running) return
      onState({ saving: 'unsaved' })
      const time = Date.now()
      firstTouch ??= time
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), Math.max(0, Math.min(rest, firstTouch + most - time)))
    },
    flush,
    pending: () => !stopped && (dirty || running !== null),
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
