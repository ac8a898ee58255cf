import type { Online } from '../online.ts'
import type { Owner } from './owner.kind.ts'

export const ownerOnline: Online<Owner> = {
  /** Early, as a new owner comes: the rights that are given then are given by the last one (docs 5.8). */
  removed: (owner) => ({ edits: [{ stage: 'add', remove: [owner.id] }] }),
}
