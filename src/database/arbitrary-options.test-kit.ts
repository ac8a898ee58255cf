import fc from 'fast-check'
import type { Column } from '../core/kinds/column/column.kind.ts'
import type { Policy } from '../core/kinds/policy/policy.kind.ts'
import type { Table } from '../core/kinds/table/table.kind.ts'

/** How a random table is kept and guarded. */
export type TableOptions = Pick<
  Table,
  'rowSecurity' | 'forceRowSecurity' | 'unlogged' | 'parameters' | 'replicaIdentity' | 'tablespace'
>

/** How a random column's values are kept; `storage` only where the type can choose. */
export type ColumnOptions = Pick<Column, 'storage' | 'compression' | 'statistics'>

/** True once in `n`. */
const rarely = (n: number) => fc.nat(n).map((roll) => roll === 0)

/** Most things are where all are. */
export const tablespace = fc.constantFrom(null, null, null, 'fast', 'Two "Disks"')

export const tableOptions: fc.Arbitrary<TableOptions> = fc.record({
  rowSecurity: rarely(3),
  forceRowSecurity: rarely(6),
  unlogged: rarely(6),
  parameters: fc.constantFrom<(readonly string[])[]>(
    [],
    [],
    ['fillfactor=70'],
    ['autovacuum_enabled=false', 'fillfactor=90'],
  ),
  replicaIdentity: fc.constantFrom<Table['replicaIdentity'][]>('default', 'default', 'full', 'nothing'),
  tablespace,
})

export const columnOptions: fc.Arbitrary<ColumnOptions> = fc.record({
  storage: fc.constantFrom<Column['storage'][]>(null, null, null, 'external', 'main'),
  compression: fc.constantFrom<Column['compression'][]>(null, null, null, 'pglz'),
  statistics: fc.constantFrom(null, null, null, 0, 500),
})

/** The roles of random schemas; any of them may be missing. */
export const roleNames = ['reader', 'Two "Words"'] as const

/** What one role may do with a random object: a slot of `roleNames`, 2 for everyone. */
export interface GrantSpec {
  readonly role: number
  readonly privileges: readonly string[]
  /** A right on one column, by its slot. */
  readonly column: number | null
  readonly passesOn: boolean
}

export interface PolicySpec {
  readonly name: string
  readonly column: number
  readonly command: Policy['command']
  readonly permissive: boolean
  readonly role: number
}

export const grantSpec: fc.Arbitrary<GrantSpec> = fc.record({
  role: fc.nat(2),
  privileges: fc.subarray(['DELETE', 'INSERT', 'SELECT'], { minLength: 1 }),
  column: fc.option(fc.nat(3)),
  passesOn: rarely(2),
})

export const policySpec = (name: fc.Arbitrary<string>): fc.Arbitrary<PolicySpec> =>
  fc.record({
    name,
    column: fc.nat(3),
    command: fc.constantFrom<Policy['command'][]>('all', 'all', 'select', 'update', 'insert', 'delete'),
    permissive: fc.boolean(),
    role: fc.nat(2),
  })
