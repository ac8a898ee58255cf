import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { commentField, isTexts, nameField } from '../fields.ts'
import type { Kind } from '../kind.ts'
import { alterLabels, createEnumSql } from './enum.labels.ts'

/** An enumerated type (docs 8.7). */
export interface Enum extends ObjectBase {
  readonly kind: 'enum'
  /** Labels in their sort order. */
  readonly labels: readonly string[]
}

export const isEnum = (object: ObjectBase): object is Enum => object.kind === 'enum'

export const enumKind: Kind<Enum> = {
  name: 'enum',
  label: 'Enum',
  plural: 'Enums',
  icon: 'list',
  order: 10,
  parents: ['schema'],
  mentionedBy: 'anything',
  isType: true,
  fields: {
    name: nameField(
      (type, newName, schema) => `ALTER TYPE ${qualifiedName(type, schema)} RENAME TO ${newName}`,
    ),
    labels: {
      label: 'Labels',
      editor: { type: 'texts', placeholder: 'active' },
      valid: isTexts,
      alter: alterLabels,
      sample: [
        ['sad', 'ok', 'happy', 'elated'],
        ['miserable', 'sad', 'meh', 'ok', 'happy'],
        ['sad', "o'k; --", 'happy'],
        ['happy', 'ok', 'sad'],
        ['ok', 'happy', 'ecstatic 🎉'],
        ['happy', 'ok'],
      ],
    },
    comment: commentField((type, schema) => `TYPE ${qualifiedName(type, schema)}`),
  },
  sample: {
    id: 'enum',
    kind: 'enum',
    parent: 'schema',
    name: 'mood',
    comment: null,
    labels: ['sad', 'ok', 'happy'],
  },
  create: (type, schema) => [statement(type, createEnumSql(qualifiedName(type, schema), type.labels))],
  drop: (type, schema) => [statement(type, `DROP TYPE ${qualifiedName(type, schema)}`)],
  move: (from, to, schema) => [
    statement(
      from,
      `ALTER TYPE ${qualifiedName(from, schema)} SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`,
    ),
  ],
  catalog: {
    some: someRows('pg_type', 'oid', `typtype = 'e'`),
    query: `
      select 't' || t.oid as id, 'n' || t.typnamespace as parent, t.typname as name,
             array(select l.enumlabel::text from pg_enum l where l.enumtypid = t.oid order by l.enumsortorder) as labels,
             obj_description(t.oid, 'pg_type') as comment
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where t.typtype = 'e' and ${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}
        and ($1::oid[] is null or t.oid = any ($1))
      order by n.nspname, t.typname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'enum',
      parent: row.text('parent'),
      name: row.text('name'),
      labels: row.texts('labels'),
      comment: row.textOrNull('comment'),
    }),
  },
}
