import type { Online } from '../online.ts'
import { changesHands } from '../owner/owner.online.ts'
import type { Grant } from './grant.kind.ts'

export const grantOnline: Online<Grant> = {
  added: (grant, context) => (changesHands(grant, context) ? { edits: [] } : null),
  changed: (_from, to, _fields, context) => (changesHands(to, context) ? { edits: [] } : null),
}
