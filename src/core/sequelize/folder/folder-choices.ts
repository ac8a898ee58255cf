import type { ServicePlaces } from './service-places.ts'

/** What a person decides about a folder's migrations before they run. */
export interface FolderChoices {
  /** Migration folders of the services that run, in order. */
  readonly services: readonly string[]
  /** SQL that makes what somebody else made. */
  readonly base: string
  /** Lines `NAME=value`. */
  readonly environment: string
  readonly goOnAfter: readonly string[]
  readonly without: readonly string[]
  /** Seconds after which a file is ended, as typed; empty or absent: as usual. */
  readonly seconds?: string
  /** Parts of services that lie elsewhere than they were found. */
  readonly places?: readonly ServicePlaces[]
}
