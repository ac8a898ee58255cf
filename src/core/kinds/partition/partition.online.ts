import type { Online } from '../online.ts'
import { storageQuestion } from '../storage-online.ts'
import { attachedOnline } from './attach-online.ts'
import type { Partition } from './partition.kind.ts'

export const partitionOnline: Online<Partition> = {
  // One that is divided itself keeps no rows.
  becomes: attachedOnline,
  changed: (_from, to, fields) => (to.partitionBy === null ? storageQuestion(to, fields) : null),
}
