import { createStore } from 'zustand/vanilla'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'

/** What PostgreSQL in the page is doing and what it last said; the top bar, nodes and panels show it. */
export interface EngineState {
  readonly status: 'starting' | 'checking' | 'ready' | 'restarting' | 'failed'
  /** "18.6", null until booted. */
  readonly version: string | null
  /** Everything wrong at present, from every source. */
  readonly problems: readonly Problem[]
  /** Objects as PostgreSQL prints them. */
  readonly canonical: ReadonlyMap<ObjectId, ObjectBase>
  readonly checkedMilliseconds: number | null
  /** Why it failed to start. */
  readonly failure: string | null
}

export const engineStore = createStore<EngineState>(() => ({
  status: 'starting',
  version: null,
  problems: [],
  canonical: new Map(),
  checkedMilliseconds: null,
  failure: null,
}))
