import type { OnlineQuestion } from './online.ts'
import type { Stored } from './storage.ts'

/** Rows go to another place or into another form by a copy under a lock; null where no such field changed. */
export function storageQuestion(to: Stored, fields: readonly string[]): OnlineQuestion | null {
  const field = fields.find((name) => name === 'tablespace' || name === 'accessMethod')
  if (field === undefined) return null
  const what = field === 'tablespace' ? 'goes to another tablespace' : 'gets another access method'
  return {
    asks: 'accept',
    field,
    message: `${to.name} is written anew when it ${what}, and nobody can use it meanwhile.`,
    hint: 'Accept the simple way for this change, in a quiet hour.',
  }
}
