import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import type { ObjectBase } from '../../model/object.ts'
import { defaultSchemaName } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import { commentField, nameField } from '../fields.ts'
import type { Kind } from '../kind.ts'

/** A namespace (docs 5.10). Named so because `Schema` is the indexed document. */
export interface SchemaObject extends ObjectBase {
  readonly kind: 'schema'
}

export const isSchemaObject = (object: ObjectBase): object is SchemaObject => object.kind === 'schema'

/** The schema that every database starts with. */
export function publicSchema(id: string): SchemaObject {
  return { id, kind: 'schema', parent: null, name: defaultSchemaName, comment: null }
}

export const schemaKind: Kind<SchemaObject> = {
  name: 'schema',
  label: 'Schema',
  plural: 'Schemas',
  icon: 'database',
  order: 0,
  foundation: true,
  parents: [],
  nameScope: 'kind',
  fields: {
    name: nameField((object, newName) => `ALTER SCHEMA ${quoteName(object.name)} RENAME TO ${newName}`),
    comment: commentField((object) => `SCHEMA ${quoteName(object.name)}`),
  },
  sample: { id: 'schema', kind: 'schema', parent: null, name: 'app', comment: null },
  create: (object) => [statement(object, `CREATE SCHEMA ${quoteName(object.name)}`)],
  drop: (object) => [statement(object, `DROP SCHEMA ${quoteName(object.name)}`)],
  catalog: {
    // `public` came with PostgreSQL.
    some: [{ catalog: 'pg_namespace', oid: 'oid', condition: 'true' }],
    query: `
      select 'n' || n.oid as id, n.nspname as name,
             nullif(obj_description(n.oid, 'pg_namespace'), 'standard public schema') as comment
      from pg_namespace n
      where ${ownSchemas} and ${notFromExtension('pg_namespace', 'n.oid')}
        and ($1::oid[] is null or n.oid = any ($1))
      order by n.nspname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'schema',
      parent: null,
      name: row.text('name'),
      comment: row.textOrNull('comment'),
    }),
  },
  sequelize: {
    create: (object) => [{ method: 'createSchema', args: [object.name] }],
  },
}
