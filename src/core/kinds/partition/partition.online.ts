import type { Online } from '../online.ts'
import { storageQuestion } from '../storage-online.ts'
import type { Partition } from './partition.kind.ts'

export const partitionOnline: Online<Partition> = {
  // One that is divided itself keeps no rows.
  changed: (_from, to, fields) => (to.partitionBy === null ? storageQuestion(to, fields) : null),
}
