import { unpartitioned } from '../partitioning.ts'
import { storedAsUsual } from '../storage.ts'
import type { Table } from './table.kind.ts'

/** A table without anything special. */
export const blankTable: Omit<Table, 'id' | 'parent' | 'name'> = {
  ...unpartitioned,
  ...storedAsUsual,
  kind: 'table',
  comment: null,
  rowSecurity: false,
  forceRowSecurity: false,
  unlogged: false,
  parameters: [],
  replicaIdentity: 'default',
  replicaIndex: null,
}
