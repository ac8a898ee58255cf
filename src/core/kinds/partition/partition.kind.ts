import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainPartition } from '../../catalog/plain-table.ts'
import { anyRows } from '../../catalog/some-rows.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { commentField, isText, nameField } from '../fields.ts'
import type { AlterRule, Kind } from '../kind.ts'
import {
  type Partitioning,
  partitionClause,
  partitioningColumn,
  partitioningFields,
  readPartitioning,
  unpartitioned,
} from '../partitioning.ts'
import { rowSuccession } from '../rows.ts'
import {
  accessMethodClause,
  methodNamed,
  readStored,
  type Stored,
  storedAsUsual,
  storedColumns,
  storedFields,
  tablespaceClause,
} from '../storage.ts'
import { type Guarded, guardedColumns, guardFields, readGuarded, unguarded } from '../table/table.options.ts'
import { attach, attached, detach, standAlone } from './partition.attach.ts'

/**
 * A partition (docs 5.12). It lives in the table or partition that it is a part of, and in the same schema; it has the
 * columns, keys and indexes of that.
 */
export interface Partition extends Partitioning, Stored, Guarded {
  readonly kind: 'partition'
  /** `DEFAULT`, or what follows the name in ATTACH PARTITION: `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`. */
  readonly bound: string
}

export const isPartition = (object: { readonly kind: string }): object is Partition =>
  object.kind === 'partition'

const alterBound: AlterRule<Partition> = {
  statements: (from, to, schema) => [detach(from, schema), attach(from, to, schema)],
  hazards: (from) => [
    { code: 'may-fail', message: `Stops when a row of ${from.name} is outside of the new bounds.` },
  ],
}

export const partitionKind: Kind<Partition> = {
  name: 'partition',
  label: 'Partition',
  plural: 'Partitions',
  icon: 'rows-3',
  order: 54,
  parents: ['table', 'partition'],
  mentionedBy: 'anything',
  columnsFrom: ({ parent }) => parent,
  fields: {
    name: nameField(
      (partition, newName, schema) => `ALTER TABLE ${qualifiedName(partition, schema)} RENAME TO ${newName}`,
    ),
    bound: {
      label: 'Holds',
      editor: { type: 'expression', placeholder: "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')" },
      valid: isText,
      alter: alterBound,
      sample: ["FOR VALUES FROM ('2025-06-01') TO (MAXVALUE)", 'DEFAULT'],
      // Constants only: there is no name in it to follow.
      expressions: { map: (value) => value },
    },
    ...partitioningFields<Partition>(),
    ...guardFields<Partition>(),
    ...storedFields<Partition>((partition, schema) => `ALTER TABLE ${qualifiedName(partition, schema)}`),
    comment: commentField((partition, schema) => `TABLE ${qualifiedName(partition, schema)}`),
  },
  sample: {
    ...unpartitioned,
    ...storedAsUsual,
    ...unguarded,
    id: 'partition',
    kind: 'partition',
    parent: 'events table',
    name: 'events_2026',
    comment: null,
    bound: "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
  },
  create: (partition, schema, clauses) => {
    const table = schema.get(partition.parent ?? '')
    const kept = accessMethodClause(partition, table) + tablespaceClause(partition, table)
    const create = `CREATE TABLE ${qualifiedName(partition, schema)} PARTITION OF ${qualifiedNameOf(partition.parent, schema)}`
    const parts = clauses.length === 0 ? '' : ` (\n  ${clauses.join(',\n  ')}\n)`
    return [statement(partition, `${create}${parts} ${partition.bound}${partitionClause(partition)}${kept}`)]
  },
  drop: (partition, schema) => [statement(partition, `DROP TABLE ${qualifiedName(partition, schema)}`)],
  move: (from, to, schema) => [detach(from, schema), attach(from, to, schema)],
  dependsOn: ({ accessMethod }, schema) => methodNamed(accessMethod, schema),
  pinsColumns: ({ partitionBy }) => partitionBy !== null,
  succession: {
    ...rowSuccession,
    become: attached,
    // Of two partitions with the same bounds only one can be attached.
    makeWay: (old, schema) => (isPartition(old) ? standAlone(old, schema) : []),
  },
  dataIn: ({ name }) => `every row of ${name}`,
  catalog: {
    some: anyRows('pg_partitioned_table'),
    query: `
      select 'c' || c.oid as id, 'c' || h.inhparent as parent, c.relname as name,
             pg_get_expr(c.relpartbound, c.oid) as bound, ${partitioningColumn}, ${storedColumns('c')}, ${guardedColumns},
             obj_description(c.oid, 'pg_class') as comment
      from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_inherits h on h.inhrelid = c.oid
      where ${plainPartition('c')} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ($1::oid[] is null or pg_partition_root(c.oid)::oid = any ($1))
      order by (select count(*) from pg_partition_ancestors(c.oid)), c.relname`,
    read: (row) => ({
      ...readPartitioning(row),
      ...readStored(row),
      ...readGuarded(row),
      id: row.text('id'),
      kind: 'partition',
      parent: row.text('parent'),
      name: row.text('name'),
      bound: row.text('bound'),
      comment: row.textOrNull('comment'),
    }),
  },
}
