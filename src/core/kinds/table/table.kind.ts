import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainTable } from '../../catalog/plain-table.ts'
import type { ObjectBase } from '../../model/object.ts'
import { tableTarget } from '../../sequelize/target.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { commentField, nameField } from '../fields.ts'
import type { Kind } from '../kind.ts'

/** An ordinary table (docs 5.1). Its columns, constraints, indexes and triggers are objects living in it. */
export interface Table extends ObjectBase {
  readonly kind: 'table'
}

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
    comment: commentField((table, schema) => `TABLE ${qualifiedName(table, schema)}`),
  },
  sample: { id: 'table', kind: 'table', parent: 'schema', name: 'contacts', comment: null },
  create: (table, schema, clauses) => [
    statement(
      table,
      clauses.length === 0
        ? `CREATE TABLE ${qualifiedName(table, schema)} ()`
        : `CREATE TABLE ${qualifiedName(table, schema)} (\n  ${clauses.join(',\n  ')}\n)`,
    ),
  ],
  drop: (table, schema) => [statement(table, `DROP TABLE ${qualifiedName(table, schema)}`)],
  move: (from, to, schema) => [
    statement(
      from,
      `ALTER TABLE ${qualifiedName(from, schema)} SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`,
    ),
  ],
  dataIn: (table) => `every row of ${table.name}`,
  catalog: {
    query: `
      select 'c' || c.oid as id, 'n' || c.relnamespace as parent, c.relname as name,
             obj_description(c.oid, 'pg_class') as comment
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${plainTable('c')} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.relname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'table',
      parent: row.text('parent'),
      name: row.text('name'),
      comment: row.textOrNull('comment'),
    }),
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
