import type { CatalogRow } from '../catalog/row.ts'
import type { ObjectBase } from '../model/object.ts'
import { isOneOf, isTexts } from './fields.ts'
import { splitList } from './function/function.arguments.ts'
import type { Field } from './kind.ts'

const partitionStrategies = ['range', 'list', 'hash'] as const
type PartitionStrategy = (typeof partitionStrategies)[number]

const isStrategy = isOneOf(partitionStrategies)

/** How a table, or a partition of one, is divided into partitions (docs 5.12). */
export interface Partitioning extends ObjectBase {
  /** null: it is not. */
  readonly partitionBy: PartitionStrategy | null
  /** What decides, as written in PARTITION BY: `at`, `lower(name)`, `name COLLATE "C"`. */
  readonly partitionKey: readonly string[]
}

export const unpartitioned = { partitionBy: null, partitionKey: [] } as const

/** Empty, or ` PARTITION BY RANGE (at)`. */
export function partitionClause({ partitionBy, partitionKey }: Partitioning): string {
  return partitionBy === null ? '' : ` PARTITION BY ${partitionBy.toUpperCase()} (${partitionKey.join(', ')})`
}

/** PostgreSQL cannot change either in place: every row has to move. */
export function partitioningFields<T extends Partitioning>(): {
  readonly partitionBy: Field<T, PartitionStrategy | null>
  readonly partitionKey: Field<T, readonly string[]>
} {
  return {
    partitionBy: {
      label: 'Partitioned by',
      advanced: true,
      editor: {
        type: 'choice',
        options: [
          { value: null, label: 'Nothing' },
          { value: 'range', label: 'Range' },
          { value: 'list', label: 'List' },
          { value: 'hash', label: 'Hash' },
        ],
      },
      valid: (value): value is PartitionStrategy | null => value === null || isStrategy(value),
      alter: 'replace',
      sample: [],
      initially: null,
    },
    partitionKey: {
      label: 'Partition key',
      advanced: true,
      editor: { type: 'texts', placeholder: 'created_at' },
      valid: isTexts,
      alter: 'replace',
      sample: [],
      initially: [],
      expressions: { map: (value, change) => value.map(change) },
    },
  }
}

/** SQL for what `readPartitioning` reads; `c` is the alias of pg_class. */
export const partitioningColumn = 'pg_get_partkeydef(c.oid) as partitioning'

/** `RANGE (a, lower(b))` */
export function readPartitioning(row: CatalogRow): Pick<Partitioning, 'partitionBy' | 'partitionKey'> {
  const text = row.textOrNull('partitioning')
  const open = text?.indexOf(' (') ?? -1
  const strategy = text?.slice(0, open).toLowerCase()
  if (text === null || !isStrategy(strategy)) return unpartitioned
  return { partitionBy: strategy, partitionKey: splitList(text.slice(open + 2, -1)).map((key) => key.trim()) }
}
