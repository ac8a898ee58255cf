import { expect, test } from 'vitest'
import { blankColumn, type Column } from '../kinds/column/column.kind.ts'
import { makeRaw } from '../kinds/raw/raw.kind.ts'
import { publicSchema } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import { withCarriedOptions } from './carried-options.ts'

const table: Table = { ...blankTable, id: 't', parent: 's', name: 't' }
const column: Column = { ...blankColumn, id: 'c', parent: 't', name: 'body', ordinal: 1 }

const carried = (id: string, parent: string, objectType: string, sql: string) =>
  makeRaw({ id, parent, name: id, objectType, sql, dropSql: null, ordinal: 1, uses: [] })

test('options carried as statements become fields', () => {
  const objects = [
    publicSchema('s'),
    table,
    column,
    carried('1', 't', 'row level security', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY'),
    carried('2', 't', 'row level security', 'ALTER TABLE t FORCE ROW LEVEL SECURITY'),
    carried('3', 't', 'unlogged', 'ALTER TABLE t SET UNLOGGED'),
    carried(
      '4',
      't',
      'storage parameters',
      "ALTER TABLE t SET (fillfactor='70', toast.autovacuum_enabled='off')",
    ),
    carried('5', 't', 'replica identity', 'ALTER TABLE t REPLICA IDENTITY FULL'),
    carried('6', 'c', 'column storage', 'ALTER TABLE t ALTER COLUMN body SET STORAGE EXTERNAL'),
    carried('7', 'c', 'column compression', 'ALTER TABLE t ALTER COLUMN body SET COMPRESSION pglz'),
    carried('8', 'c', 'column statistics', 'ALTER TABLE t ALTER COLUMN body SET STATISTICS 500'),
    carried('9', 't', 'clustered', 'ALTER TABLE t CLUSTER ON k'),
    carried('10', 't', 'policy', 'CREATE POLICY p ON t'),
  ]
  const read = withCarriedOptions(new Map(objects.map((object) => [object.id, object])))
  expect([...read.keys()]).toEqual(['s', 't', 'c', '9', '10'])
  expect(read.get('t')).toEqual({
    ...table,
    rowSecurity: true,
    forceRowSecurity: true,
    unlogged: true,
    parameters: ['fillfactor=70', 'toast.autovacuum_enabled=off'],
    replicaIdentity: 'full',
  })
  expect(read.get('c')).toEqual({ ...column, storage: 'external', compression: 'pglz', statistics: 500 })
})
