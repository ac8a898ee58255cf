import type { monaco } from './monaco.ts'

export type Monaco = typeof monaco

let loading: Promise<Monaco> | null = null

/** The editor's code, fetched on first use. After a failed fetch the next call tries again. */
export function loadMonaco(): Promise<Monaco> {
  loading ??= import('./monaco.ts').then(
    (module) => module.monaco,
    (reason: unknown) => {
      loading = null
      throw reason
    },
  )
  return loading
}
