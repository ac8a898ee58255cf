import fc from 'fast-check'
import { type Check, checkKind } from '../core/kinds/check/check.kind.ts'
import { blankColumn, type Column } from '../core/kinds/column/column.kind.ts'
import { type Index, indexKind } from '../core/kinds/index/index.kind.ts'
import { type Partition, partitionKind } from '../core/kinds/partition/partition.kind.ts'
import {
  type PartitionDefault,
  partitionDefaultKind,
} from '../core/kinds/partition-default/partition-default.kind.ts'
import type { PrimaryKey } from '../core/kinds/primary-key/primary-key.kind.ts'
import { blankTable } from '../core/kinds/table/blank-table.ts'
import type { Table } from '../core/kinds/table/table.kind.ts'
import type { ObjectBase } from '../core/model/object.ts'
import { pgType } from '../core/model/pg-type.ts'
import { quoteName } from '../core/sql/quote.ts'
import { tablespace } from './arbitrary-options.test-kit.ts'

/** A partitioned table: by the range of its first column, which never changes its type. */
export interface PartitionedSpec {
  readonly name: string
  readonly keyName: string
  readonly extra: { readonly name: string; readonly text: boolean; readonly notNull: boolean } | null
  /** False: a table with the same columns and no partitions. */
  readonly divided: boolean
  readonly key: boolean
  readonly index: boolean
  /** Names of partitions, each for a range of its own; the last is the default one. */
  readonly partitions: readonly (PartitionSpec | null)[]
  readonly nested: string | null
  readonly tablespace: string | null
}

interface PartitionSpec {
  readonly name: string
  readonly wide: boolean
  /** It is a table of its own. */
  readonly alone: boolean
  readonly tablespace: string | null
  /** It has a check and an index of its own. */
  readonly own: boolean
}

export const partitionedSpec = (name: fc.Arbitrary<string>): fc.Arbitrary<PartitionedSpec> =>
  fc.record({
    name,
    keyName: name,
    extra: fc.option(fc.record({ name, text: fc.boolean(), notNull: fc.boolean() }), { freq: 4 }),
    divided: fc.integer({ min: 0, max: 4 }).map((dice) => dice > 0),
    key: fc.boolean(),
    index: fc.boolean(),
    partitions: fc.array(
      fc.option(
        fc.record({
          name,
          wide: fc.boolean(),
          alone: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0),
          tablespace,
          own: fc.boolean(),
        }),
        { freq: 3 },
      ),
      {
        minLength: 3,
        maxLength: 3,
      },
    ),
    nested: fc.option(name, { freq: 2 }),
    tablespace,
  })

/** `free` makes names of tables and indexes unique. */
export function buildPartitioned(
  spec: PartitionedSpec,
  free: (name: string) => string,
): readonly ObjectBase[] {
  const id = 'partitioned'
  const name = free(spec.name)
  const table: Table = {
    ...blankTable,
    id,
    parent: 'public',
    name,
    tablespace: spec.tablespace,
    ...(spec.divided ? { partitionBy: 'range', partitionKey: [quoteName(spec.keyName)] } : {}),
  }
  const first: Column = {
    ...blankColumn,
    id: `${id} key column`,
    parent: id,
    name: spec.keyName,
    ordinal: 1,
    type: pgType('integer'),
    notNull: spec.key,
  }
  const extra: readonly Column[] = spec.extra
    ? [
        {
          ...blankColumn,
          id: `${id} extra`,
          parent: id,
          name: spec.extra.name === spec.keyName ? 'more' : spec.extra.name,
          ordinal: 2,
          type: pgType(spec.extra.text ? 'text' : 'bigint'),
          notNull: spec.extra.notNull,
          using: 'NULL',
        },
      ]
    : []
  const key: PrimaryKey = {
    id: `${id} primary key`,
    kind: 'primary key',
    parent: id,
    name: free(`${name.slice(0, 40)}_pkey`),
    comment: null,
    columns: [first.id],
    include: [],
    deferral: 'not deferrable',
  }
  const index: Index = {
    ...indexKind.sample,
    id: `${id} index`,
    parent: id,
    name: free(`${name.slice(0, 40)}_idx`),
    tablespace: spec.tablespace,
    keys: indexKind.sample.keys.map((one) => ({ ...one, column: extra[0]?.id ?? first.id })),
  }
  return [
    table,
    first,
    ...extra,
    ...(spec.key ? [key] : []),
    ...(spec.index ? [index] : []),
    ...spec.partitions.flatMap((partition, place) => {
      if (partition?.alone) return buildAlone(partition, place, [first, ...extra], free)
      if (!partition || !spec.divided) return []
      const made = buildPartition(partition, place, spec.keyName, free)
      return partition.own ? [made, ...ownParts(made, [first, ...extra], free)] : [made]
    }),
    ...(spec.nested !== null && spec.divided && spec.partitions[2]?.alone === false
      ? [nested(spec.nested, free)]
      : []),
  ]
}

/** What is a partition in another schema. */
function buildAlone(
  { name, wide, tablespace }: PartitionSpec,
  place: number,
  columns: readonly Column[],
  free: (name: string) => string,
): readonly ObjectBase[] {
  const id = `partition ${place}`
  const table: Table = { ...blankTable, id, parent: 'public', name: free(name), unlogged: wide, tablespace }
  return [
    table,
    ...columns.map((column) => ({ ...column, id: `${id} ${column.id}`, parent: id, notNull: wide })),
  ]
}

function buildPartition(
  { name, wide, tablespace }: PartitionSpec,
  place: number,
  key: string,
  free: (name: string) => string,
): Partition {
  const range = `FOR VALUES FROM (${place * 100}) TO (${place * 100 + (wide ? 100 : 50)})`
  const isDefault = place === 2
  return {
    ...partitionKind.sample,
    id: `partition ${place}`,
    parent: 'partitioned',
    name: free(name),
    tablespace,
    bound: isDefault ? 'DEFAULT' : range,
    partitionBy: isDefault ? 'hash' : null,
    partitionKey: isDefault ? [quoteName(key)] : [],
  }
}

function ownParts(
  partition: Partition,
  columns: readonly Column[],
  free: (name: string) => string,
): readonly ObjectBase[] {
  const name = quoteName(columns.at(-1)?.name ?? '')
  const check: Check = {
    ...checkKind.sample,
    id: `${partition.id} check`,
    parent: partition.id,
    name: 'own check',
    expression: `${name} IS NOT NULL OR true`,
  }
  const index: Index = {
    ...indexKind.sample,
    id: `${partition.id} index`,
    parent: partition.id,
    name: free(`${partition.name.slice(0, 40)}_own`),
    keys: indexKind.sample.keys.map((one) => ({ ...one, column: columns[0]?.id ?? null, order: 'desc' })),
    include: columns.slice(1).map(({ id }) => id),
    where: `${name} IS NOT NULL`,
  }
  const given = columns[1]
  if (!given) return [check, index]
  const own: PartitionDefault = {
    ...partitionDefaultKind.sample,
    id: `${partition.id} default`,
    parent: partition.id,
    name: given.name,
    column: given.id,
    expression: given.type.base === 'text' ? "'own'::text" : "'5'::bigint",
  }
  return [check, index, own]
}

function nested(name: string, free: (name: string) => string): Partition {
  return {
    ...partitionKind.sample,
    id: 'nested partition',
    parent: 'partition 2',
    name: free(name),
    bound: 'FOR VALUES WITH (modulus 1, remainder 0)',
  }
}
