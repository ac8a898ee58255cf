import type { ObjectBase } from '../../model/object.ts'
import type { Online, OnlineContext } from '../online.ts'
import { isOwner, type Owner } from './owner.kind.ts'

/** At the end, together with the rights: taken from or given to a role that owns the object, they are others. */
export const ownerOnline: Online<Owner> = {
  added: () => ({ edits: [] }),
  changed: () => ({ edits: [] }),
}

/** True where what it lives in comes to belong to another role. */
export function changesHands({ parent }: ObjectBase, { from, to }: OnlineContext): boolean {
  const [before, after] = [from, to].map((schema) => schema.childrenOf(parent, isOwner)[0]?.name)
  return before !== after
}
