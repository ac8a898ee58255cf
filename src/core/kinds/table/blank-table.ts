import { unpartitioned } from '../partitioning.ts'
import type { Table } from './table.kind.ts'

/** A table without anything special. */
export const blankTable: Omit<Table, 'id' | 'parent' | 'name'> = {
  ...unpartitioned,
  kind: 'table',
  comment: null,
  inherits: [],
  rowSecurity: false,
  forceRowSecurity: false,
  unlogged: false,
  parameters: [],
  replicaIdentity: 'default',
  replicaIndex: null,
}
