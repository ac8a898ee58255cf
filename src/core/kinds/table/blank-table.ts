import { unpartitioned } from '../partitioning.ts'
import { storedAsUsual } from '../storage.ts'
import type { Table } from './table.kind.ts'
import { unguarded } from './table.options.ts'

/** A table without anything special. */
export const blankTable: Omit<Table, 'id' | 'parent' | 'name'> = {
  ...unpartitioned,
  ...storedAsUsual,
  ...unguarded,
  kind: 'table',
  comment: null,
  inherits: [],
  unlogged: false,
  replicaIdentity: 'default',
  replicaIndex: null,
}
