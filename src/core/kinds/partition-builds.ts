import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { byteLength, fitName, maxNameBytes } from '../sql/name-length.ts'
import { qualifiedName } from '../sql/names.ts'
import { type Statement, statement } from '../sql/statement.ts'
import { uniqueName } from '../sql/unique-name.ts'
import { isPartitionPart, isTableObject } from './parts-of-tables.ts'

/** How an index, or a key with its index, comes to a partitioned table without stopping those who write. */
interface Build<T extends ObjectBase> {
  /** Takes away what an attempt that failed left behind. */
  clear(copy: T): readonly string[]
  /** On the partitioned table alone: invalid until every partition has its own. */
  whole(copy: T): string
  /** On a partition that holds rows. */
  part(copy: T): readonly string[]
}

/** True where PostgreSQL builds nothing concurrently: on what is divided into partitions. */
export function isOnPartitions({ parent }: ObjectBase, schema: Schema): boolean {
  const table = schema.get(parent ?? '')
  return table !== undefined && (isTableObject(table) || isPartitionPart(table)) && table.partitionBy !== null
}

/**
 * On the whole first, where it indexes nothing, then on each partition, whose index then becomes a part of it (docs
 * 5.12.2.3 and CREATE INDEX, Building Indexes Concurrently). `taken` are names that no part may get.
 */
export function builtByPartition<T extends ObjectBase>(
  object: T,
  schema: Schema,
  build: Build<T>,
  taken: Set<string> = new Set(schema.all(isAny).map(({ name }) => name)),
): readonly Statement[] {
  const { parent } = object
  if (parent === null) return []
  const own = [...build.clear(object), build.whole(object)].map((sql) => outside(object, sql))
  const parts = schema.childrenOf(parent, isPartitionPart).flatMap((partition) => {
    const copy = { ...object, parent: partition.id, name: nameOn(partition, object, schema, taken) }
    taken.add(copy.name)
    const made =
      partition.partitionBy === null
        ? build.part(copy).map((sql) => outside(object, sql))
        : builtByPartition(copy, schema, build, taken)
    const [whole, part] = [qualifiedName(object, schema), qualifiedName(copy, schema)]
    return [...made, outside(object, `ALTER INDEX ${whole} ATTACH PARTITION ${part}`)]
  })
  return [...own, ...parts]
}

/** `events_author` of `events` is `events_2026_author` on that partition, or what is free instead. */
function nameOn(
  partition: ObjectBase,
  object: ObjectBase,
  schema: Schema,
  taken: ReadonlySet<string>,
): string {
  const rest = ownName(object, schema.get(object.parent ?? ''))
  const name = `${fitName(partition.name, maxNameBytes - 1 - byteLength(rest))}_${rest}`
  return uniqueName(name, taken)
}

const isAny = (_: ObjectBase): _ is ObjectBase => true

/** What follows the table in its name. */
export function ownName({ name }: ObjectBase, table: ObjectBase | undefined): string {
  const start = `${table?.name ?? ''}_`
  return fitName(name.startsWith(start) ? name.slice(start.length) : name, maxNameBytes / 2)
}

/** Outside of transactions. */
export function outside(about: ObjectBase, sql: string): Statement {
  return { ...statement(about, sql), transactional: false }
}
