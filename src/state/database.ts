import type { DatabaseApi } from '../database/api.ts'

export type {
  CallOptions,
  DatabaseApi,
  Difference,
  ImportedObject,
  ImportReport,
  ImportResult,
  Progress,
  Proof,
  ProofPhase,
  QueryOutcome,
  QueryResult,
} from '../database/api.ts'
export type { PhaseCompatibility } from '../database/compatibility.ts'

let connected: DatabaseApi | null = null

/** Gives the page its PostgreSQL; called once when the page starts. */
export function connectDatabase(api: DatabaseApi): void {
  connected = api
}

/** PostgreSQL in the page, for calls whose results belong to one panel: queries, imports, plans, proofs. */
export function database(): DatabaseApi {
  if (!connected) throw new Error('The database is not connected')
  return connected
}
