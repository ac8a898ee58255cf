import type { Databases } from './databases-of-services.ts'
import type { ServicePlaces } from './service-places.ts'

/** What a person decides about a folder's migrations before they run. */
export interface FolderChoices {
  /** Migration folders of the services that run, in order. */
  readonly services: readonly string[]
  /** Whether these services share a database, or have one each; absent: they share one. */
  readonly databases?: Databases
  /** SQL that makes what somebody else made. */
  readonly base: string
  /** The same for a service with a database of its own, by its migrations folder. */
  readonly bases?: Readonly<Record<string, string>>
  /** Lines `NAME=value`. */
  readonly environment: string
  readonly goOnAfter: readonly string[]
  readonly without: readonly string[]
  /** Seconds after which a file is ended, as typed; empty or absent: as usual. */
  readonly seconds?: string
  /** Parts of services that lie elsewhere than they were found. */
  readonly places?: readonly ServicePlaces[]
}
