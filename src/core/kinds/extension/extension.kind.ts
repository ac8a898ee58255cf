import { ownSchemas } from '../../catalog/keys.ts'
import { anyRows } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { defaultSchemaName } from '../../sql/names.ts'
import { quoteName, quoteText } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import { commentField, isTextOrNull, nameField, optionalReference } from '../fields.ts'
import type { Kind } from '../kind.ts'
import { isSchemaObject } from '../schema/schema.kind.ts'

/** An installed extension (docs 36.17). */
export interface Extension extends ObjectBase {
  readonly kind: 'extension'
  /** The schema its objects are in; null: where CREATE EXTENSION puts them. */
  readonly schema: ObjectId | null
  /** Only where a person asked for one; the catalogue's version is not compared. */
  readonly version: string | null
}

export const isExtension = (object: ObjectBase): object is Extension => object.kind === 'extension'

export const extensionKind: Kind<Extension> = {
  name: 'extension',
  label: 'Extension',
  plural: 'Extensions',
  icon: 'puzzle',
  order: 5,
  foundation: true,
  parents: [],
  nameScope: 'kind',
  fields: {
    name: { ...nameField('replace'), sample: ['fuzzystrmatch', 'uuid-ossp'] },
    schema: {
      label: 'Schema',
      editor: { type: 'object', kinds: ['schema'], optional: true },
      valid: isTextOrNull,
      alter: {
        statements: (from, to, schema) => [
          statement(
            from,
            `ALTER EXTENSION ${quoteName(from.name)} SET SCHEMA ${quoteName(schemaName(to, schema))}`,
          ),
        ],
      },
      sample: ['schema', null],
      references: optionalReference,
    },
    version: {
      label: 'Version',
      editor: { type: 'text', placeholder: 'default' },
      valid: isTextOrNull,
      alter: {
        statements: (from, to) => [
          statement(
            from,
            `ALTER EXTENSION ${quoteName(from.name)} UPDATE`.concat(
              to.version === null ? '' : ` TO ${quoteText(to.version)}`,
            ),
          ),
        ],
      },
      sample: [],
      compared: false,
    },
    comment: commentField((extension) => `EXTENSION ${quoteName(extension.name)}`),
  },
  sample: {
    id: 'extension',
    kind: 'extension',
    parent: null,
    name: 'citext',
    comment: null,
    schema: null,
    version: null,
  },
  create: (extension, schema) => {
    const where = extension.schema === null ? '' : ` SCHEMA ${quoteName(schemaName(extension, schema))}`
    const version = extension.version === null ? '' : ` VERSION ${quoteText(extension.version)}`
    return [statement(extension, `CREATE EXTENSION ${quoteName(extension.name)}${where}${version}`)]
  },
  drop: (extension) => [statement(extension, `DROP EXTENSION ${quoteName(extension.name)}`)],
  recall: (read, known) => ({ ...read, version: known.version }),
  catalog: {
    some: anyRows('pg_extension', `extname <> 'plpgsql'`),
    query: `
      select 'x' || x.oid as id, x.extname as name,
             case when n.nspname <> '${defaultSchemaName}' and ${ownSchemas} and not exists (
               select from pg_depend d where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e'
             ) then 'n' || n.oid end as schema,
             nullif(obj_description(x.oid, 'pg_extension'),
               (select a.comment from pg_available_extensions() a where a.name = x.extname)) as comment
      from pg_extension x join pg_namespace n on n.oid = x.extnamespace
      where x.extname <> 'plpgsql' and ($1::oid[] is null or x.oid = any ($1))
      order by x.extname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'extension',
      parent: null,
      name: row.text('name'),
      schema: row.textOrNull('schema'),
      version: null,
      comment: row.textOrNull('comment'),
    }),
  },
}

function schemaName(extension: Extension, schema: Schema): string {
  return schema.find(extension.schema, isSchemaObject)?.name ?? defaultSchemaName
}
