import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainTable } from '../../catalog/plain-table.ts'
import { someTables } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import { tableTarget } from '../../sequelize/target.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { inheritedOtherwise } from '../column/column.inherited.ts'
import { commentField, isOneOf, nameField } from '../fields.ts'
import type { Kind } from '../kind.ts'
import { detached } from '../partition/partition.attach.ts'
import {
  type Partitioning,
  partitionClause,
  partitioningColumn,
  partitioningFields,
  readPartitioning,
} from '../partitioning.ts'
import { isColumnPart } from '../parts-of-tables.ts'
import { rowSuccession } from '../rows.ts'
import {
  accessMethodClause,
  methodNamed,
  readStored,
  type Stored,
  storedColumns,
  storedFields,
  tablespaceClause,
} from '../storage.ts'
import { blankTable } from './blank-table.ts'
import { inheritsClause, inheritsField, isMadeAnew } from './table.inherits.ts'
import {
  type Guarded,
  guardedColumns,
  optionFields,
  type ReplicaIdentity,
  readGuarded,
  replicaIdentities,
} from './table.options.ts'

/** A table, partitioned or not (docs 5.1). Its columns, constraints, indexes and triggers are objects living in it. */
export interface Table extends Partitioning, Stored, Guarded {
  readonly kind: 'table'
  /** The tables whose columns and checks it has too, and whose queries see its rows (docs 5.11). */
  readonly inherits: readonly ObjectId[]
  readonly unlogged: boolean
  readonly replicaIdentity: ReplicaIdentity
  /** The unique index or key that is the replica identity, whatever `replicaIdentity` says. */
  readonly replicaIndex: ObjectId | null
}

const isReplicaIdentity = isOneOf(replicaIdentities)

export const isTable = (object: ObjectBase): object is Table => object.kind === 'table'

export const tableKind: Kind<Table> = {
  name: 'table',
  label: 'Table',
  plural: 'Tables',
  icon: 'table-2',
  order: 50,
  parents: ['schema'],
  mentionedBy: 'anything',
  fields: {
    name: nameField(
      (table, newName, schema) => `ALTER TABLE ${qualifiedName(table, schema)} RENAME TO ${newName}`,
    ),
    inherits: inheritsField,
    ...partitioningFields<Table>(),
    ...optionFields,
    ...storedFields<Table>((table, schema) => `ALTER TABLE ${qualifiedNameOf(table.id, schema)}`),
    comment: commentField((table, schema) => `TABLE ${qualifiedName(table, schema)}`),
  },
  sample: { ...blankTable, id: 'table', parent: 'schema', name: 'contacts' },
  create: (table, schema, clauses) => {
    const body = clauses.length === 0 ? '()' : `(\n  ${clauses.join(',\n  ')}\n)`
    const create = table.unlogged ? 'CREATE UNLOGGED TABLE' : 'CREATE TABLE'
    const clause = inheritsClause(table, schema) + partitionClause(table)
    const kept = accessMethodClause(table) + tablespaceClause(table)
    return [
      statement(table, `${create} ${qualifiedName(table, schema)} ${body}${clause}${kept}`),
      ...schema.childrenOf(table.id, isColumnPart).flatMap((column) => inheritedOtherwise(column, schema)),
    ]
  },
  drop: (table, schema) => [statement(table, `DROP TABLE ${qualifiedName(table, schema)}`)],
  move: (from, to, schema) => [
    statement(
      from,
      `ALTER TABLE ${qualifiedName(from, schema)} SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`,
    ),
  ],
  dependsOn: ({ accessMethod }, schema) => methodNamed(accessMethod, schema),
  // PostgreSQL refuses to change the type of a column that decides where rows go (42P16).
  pinsColumns: ({ partitionBy }) => partitionBy !== null,
  succession: { ...rowSuccession, become: detached },
  isMadeAnew,
  dataIn: (table) => `every row of ${table.name}`,
  catalog: {
    some: someTables,
    query: `
      select 'c' || c.oid as id, 'n' || c.relnamespace as parent, c.relname as name,
             ${guardedColumns},
             c.relpersistence = 'u' as unlogged, ${partitioningColumn}, ${storedColumns('c')},
             array(select 'c' || h.inhparent from pg_inherits h where h.inhrelid = c.oid order by h.inhseqno) as inherits,
             case c.relreplident when 'f' then 'full' when 'n' then 'nothing' when 'i' then 'nothing' else 'default' end
               as replica_identity,
             (select coalesce('k' || k.oid, 'c' || x.indexrelid) from pg_index x
                left join pg_constraint k on k.conindid = x.indexrelid and k.contype in ('p', 'u')
              where x.indrelid = c.oid and x.indisreplident) as replica_index,
             obj_description(c.oid, 'pg_class') as comment
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${plainTable('c')} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.relname`,
    read: (row) => {
      const replicaIdentity = row.text('replica_identity')
      const replicaIndex = row.textOrNull('replica_index')
      return {
        ...readPartitioning(row),
        ...readStored(row),
        ...readGuarded(row),
        id: row.text('id'),
        kind: 'table',
        parent: row.text('parent'),
        name: row.text('name'),
        inherits: row.texts('inherits'),
        unlogged: row.flag('unlogged'),
        replicaIdentity: isReplicaIdentity(replicaIdentity) && !replicaIndex ? replicaIdentity : 'default',
        replicaIndex,
        comment: row.textOrNull('comment'),
      }
    },
  },
  sequelize: {
    drop: (table, schema) => [{ method: 'dropTable', args: [tableTarget(table, schema)] }],
    alter: {
      name: {
        calls: (from, to, schema) => [{ method: 'renameTable', args: [tableTarget(from, schema), to.name] }],
      },
    },
  },
}
