import type { ObjectBase } from '../model/object.ts'
import { pgType } from '../model/pg-type.ts'
import { type Check, checkKind } from './check/check.kind.ts'
import { blankColumn, type Column } from './column/column.kind.ts'
import { type Index, type IndexKey, indexKind } from './index/index.kind.ts'
import { type Partition, partitionKind } from './partition/partition.kind.ts'
import { type Policy, policyKind } from './policy/policy.kind.ts'
import type { PrimaryKey } from './primary-key/primary-key.kind.ts'
import { blankTable } from './table/blank-table.ts'
import type { Table } from './table/table.kind.ts'
import { type Trigger, triggerKind } from './trigger/trigger.kind.ts'

/** Partitioned tables and their rarer partitions. */
export function partitionVariants(): readonly ObjectBase[] {
  return [...events(), ...places(), ...shards()]
}

function events(): readonly ObjectBase[] {
  const table: Table = {
    ...blankTable,
    id: 'events table',
    parent: 'schema',
    name: 'events',
    partitionBy: 'range',
    partitionKey: ['at'],
  }
  const key: PrimaryKey = {
    id: 'events primary key',
    kind: 'primary key',
    parent: table.id,
    name: 'events_pkey',
    comment: null,
    columns: ['events id column', 'events at column'],
    include: [],
    deferral: 'not deferrable',
  }
  const index: Index = {
    ...indexKind.sample,
    id: 'events index',
    parent: table.id,
    name: 'events_kind_idx',
    keys: indexKind.sample.keys.map((one) => ({ ...one, column: 'events kind column' })),
  }
  const rest: Partition = {
    ...partitionKind.sample,
    id: 'rest partition',
    name: 'Rest "of" events 🐘',
    bound: 'DEFAULT',
    partitionBy: 'list',
    partitionKey: ['id'],
    comment: 'Rest',
    rowSecurity: true,
  }
  const column = (name: string, ordinal: number, type: string, notNull: boolean) => ({
    ...blankColumn,
    id: `events ${name} column`,
    parent: table.id,
    name,
    ordinal,
    type: pgType(type),
    notNull,
    default: name === 'kind' ? "'new'::text" : null,
  })
  return [
    table,
    column('id', 1, 'bigint', true),
    column('at', 2, 'date', true),
    column('kind', 3, 'text', false),
    key,
    index,
    rest,
    {
      ...rest,
      id: 'nested partition',
      parent: rest.id,
      name: 'events_sales',
      bound: "FOR VALUES IN ('1', '7')",
      ...plain,
    },
    ...ownParts(rest.id),
  ]
}

/** What a partition has beside what its table has. */
function ownParts(parent: string): readonly (Check | Index | Trigger | Policy)[] {
  return [
    {
      ...checkKind.sample,
      id: 'rest check',
      parent,
      name: 'rest "kind" 🐘',
      expression: "(kind <> 'a'::text)",
    },
    {
      ...indexKind.sample,
      id: 'rest index',
      parent,
      name: 'rest_by_kind',
      keys: [
        { ...keyOf('events kind column'), order: 'desc' },
        { ...keyOf(null), expression: 'lower(kind)' },
      ],
      include: ['events at column'],
      where: '(id > 5)',
    },
    {
      ...triggerKind.sample,
      id: 'rest trigger',
      parent,
      name: 'rest_trigger',
      updateOf: ['events kind column'],
      when: null,
    },
    { ...policyKind.sample, id: 'rest policy', parent, using: "(kind = 'b'::text)" },
  ]
}

const keyOf = (column: string | null): IndexKey => ({
  column,
  expression: null,
  opclass: null,
  collation: null,
  order: 'asc',
  nulls: null,
})

const plain = { rowSecurity: false, partitionBy: null, partitionKey: [], comment: null } as const

function places(): readonly (Table | Column | Partition)[] {
  const table: Table = {
    ...blankTable,
    id: 'places table',
    parent: 'schema',
    name: 'places',
    partitionBy: 'range',
    partitionKey: ['"Co untry" COLLATE "C"', "((zip || ', '::text))"],
  }
  const text = { ...blankColumn, parent: table.id }
  return [
    table,
    { ...text, id: 'country column', name: 'Co untry', ordinal: 1 },
    { ...text, id: 'zip column', name: 'zip', ordinal: 2 },
    {
      ...partitionKind.sample,
      id: 'places partition',
      parent: table.id,
      name: 'places_a',
      bound: "FOR VALUES FROM ('a', MINVALUE) TO ('b', 'x')",
    },
  ]
}

function shards(): readonly (Table | Column | Partition)[] {
  const table: Table = {
    ...blankTable,
    id: 'shards table',
    parent: 'schema',
    name: 'shards',
    partitionBy: 'hash',
    partitionKey: ['id'],
  }
  return [
    table,
    { ...blankColumn, id: 'shard id column', parent: table.id, name: 'id', ordinal: 1, type: pgType('uuid') },
    ...[0, 1].map((remainder) => ({
      ...partitionKind.sample,
      id: `shard ${remainder}`,
      parent: table.id,
      name: `shards_${remainder}`,
      bound: `FOR VALUES WITH (modulus 2, remainder ${remainder})`,
    })),
  ]
}
