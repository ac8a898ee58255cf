import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someComposites } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { commentField, nameField } from '../fields.ts'
import type { Kind } from '../kind.ts'
import { createCompositeSql } from './composite-type.ddl.ts'

/** A type with named parts (docs CREATE TYPE AS). Its attributes are objects living in it. */
export interface CompositeType extends ObjectBase {
  readonly kind: 'composite type'
}

export const isCompositeType = (object: ObjectBase): object is CompositeType =>
  object.kind === 'composite type'

export const compositeTypeKind: Kind<CompositeType> = {
  name: 'composite type',
  label: 'Composite type',
  plural: 'Composite types',
  icon: 'package',
  order: 16,
  parents: ['schema'],
  mentionedBy: 'anything',
  isType: true,
  fields: {
    name: nameField(
      (type, newName, schema) => `ALTER TYPE ${qualifiedName(type, schema)} RENAME TO ${newName}`,
    ),
    comment: commentField((type, schema) => `TYPE ${qualifiedName(type, schema)}`),
  },
  sample: { id: 'composite type', kind: 'composite type', parent: 'schema', name: 'address', comment: null },
  create: (type, schema, clauses) => [
    statement(type, createCompositeSql(qualifiedName(type, schema), clauses)),
  ],
  drop: (type, schema) => [statement(type, `DROP TYPE ${qualifiedName(type, schema)}`)],
  move: (from, to, schema) => [
    statement(
      from,
      `ALTER TYPE ${qualifiedName(from, schema)} SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`,
    ),
  ],
  catalog: {
    // Event triggers name the type when it is made and its relation when it is altered.
    some: someComposites,
    query: `
      select 't' || t.oid as id, 'n' || t.typnamespace as parent, t.typname as name,
             obj_description(t.oid, 'pg_type') as comment
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
        join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
      where ${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}
        and ($1::oid[] is null or t.oid = any ($1) or c.oid = any ($1))
      order by n.nspname, t.typname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'composite type',
      parent: row.text('parent'),
      name: row.text('name'),
      comment: row.textOrNull('comment'),
    }),
  },
}
