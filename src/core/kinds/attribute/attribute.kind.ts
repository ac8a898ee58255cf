import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someComposites } from '../../catalog/some-rows.ts'
import { collationColumn, readType, typeColumns, typeJoin } from '../../catalog/type-join.ts'
import type { ObjectBase } from '../../model/object.ts'
import { isPgType, type PgType } from '../../model/pg-type.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import { typeMapper, typeReference } from '../field-types.ts'
import { commentField, isNumber, isTextOrNull, nameField, oneExpression } from '../fields.ts'
import type { Kind } from '../kind.ts'
import { rawTypesOf } from '../raw/raw-types.ts'
import { columnsOfType } from '../retyping.ts'
import { alterAttribute, alterAttributeType, attributeClause } from './attribute.ddl.ts'

/** A part of a composite type (docs CREATE TYPE AS). */
export interface Attribute extends ObjectBase {
  readonly kind: 'attribute'
  /** Its place among the attributes, counted from 1, with gaps; PostgreSQL cannot move one, so never compared. */
  readonly ordinal: number
  readonly type: PgType
  /** A collation other than the type's own, as written in SQL. */
  readonly collation: string | null
}

export const isAttribute = (object: ObjectBase): object is Attribute => object.kind === 'attribute'

export const attributeKind: Kind<Attribute> = {
  name: 'attribute',
  label: 'Attribute',
  plural: 'Attributes',
  icon: 'columns-2',
  order: 17,
  parents: ['composite type'],
  mentionedBy: 'siblings',
  nameScope: 'parent',
  fields: {
    name: nameField((attribute, newName, schema) => {
      const type = qualifiedNameOf(attribute.parent, schema)
      return `ALTER TYPE ${type} RENAME ATTRIBUTE ${quoteName(attribute.name)} TO ${newName}`
    }),
    type: {
      label: 'Type',
      editor: { type: 'pg-type' },
      valid: isPgType,
      alter: alterAttributeType,
      sample: [
        { base: 'character varying', modifiers: '9', dimensions: 0, ref: null },
        { base: 'mood', modifiers: '', dimensions: 1, ref: 'enum' },
        { base: 'text', modifiers: '', dimensions: 0, ref: null },
      ],
      references: typeReference,
      expressions: typeMapper,
      namesTypes: true,
    },
    collation: {
      label: 'Collation',
      editor: { type: 'text', placeholder: 'default' },
      valid: isTextOrNull,
      alter: alterAttributeType,
      sample: ['"C"', null],
      expressions: oneExpression,
    },
    comment: commentField(
      (attribute, schema) =>
        `COLUMN ${qualifiedNameOf(attribute.parent, schema)}.${quoteName(attribute.name)}`,
    ),
    ordinal: {
      label: 'Place',
      editor: { type: 'hidden' },
      valid: isNumber,
      alter: { statements: () => [] },
      sample: [],
      compared: false,
    },
  },
  sample: {
    id: 'attribute',
    kind: 'attribute',
    parent: 'composite type',
    name: 'street',
    comment: null,
    ordinal: 1,
    type: { base: 'text', modifiers: '', dimensions: 0, ref: null },
    collation: null,
  },
  create: (attribute, schema) => [
    statement(
      attribute,
      alterAttribute(attribute, schema, `ADD ATTRIBUTE ${attributeClause(attribute, schema)}`),
    ),
  ],
  inline: attributeClause,
  drop: (attribute, schema) => [
    statement(attribute, alterAttribute(attribute, schema, `DROP ATTRIBUTE ${quoteName(attribute.name)}`)),
  ],
  dependsOn: (attribute, schema) => rawTypesOf(attribute.type, schema),
  dataIn: (attribute, schema) => {
    const columns = columnsOfType(attribute.parent ?? '', schema)
    const names = columns.map((column) => `${qualifiedNameOf(column.parent, schema)}.${column.name}`)
    return names.length === 0 ? null : `every ${attribute.name} in ${names.join(', ')}`
  },
  recall: (read, known) => ({ ...read, ordinal: known.ordinal }),
  catalog: {
    some: someComposites,
    query: `
      select 'a' || c.oid || '.' || a.attnum as id, 't' || t.oid as parent, a.attname as name, a.attnum as ordinal,
             ${typeColumns}, ${collationColumn('a.attcollation', 'ty.typcollation')},
             col_description(c.oid, a.attnum) as comment
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
        join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        ${typeJoin('a.atttypid', 'a.atttypmod')}
      where ${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}
        and ($1::oid[] is null or t.oid = any ($1) or c.oid = any ($1))
      order by n.nspname, t.typname, a.attnum`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'attribute',
      parent: row.text('parent'),
      name: row.text('name'),
      ordinal: row.number('ordinal'),
      type: readType(row),
      collation: row.textOrNull('collation'),
      comment: row.textOrNull('comment'),
    }),
  },
}
