import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import { collationColumn, readType, typeColumns, typeJoin } from '../../catalog/type-join.ts'
import type { ObjectBase } from '../../model/object.ts'
import { isPgType, type PgType } from '../../model/pg-type.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { typeMapper, typeReference } from '../field-types.ts'
import { commentField, isFlag, isTextOrNull, nameField, oneExpression } from '../fields.ts'
import type { Kind } from '../kind.ts'
import { rawTypesOf } from '../raw/raw-types.ts'
import { alterBase, alterDomain, createDomain } from './domain.ddl.ts'

/** A type made of another one with conditions (docs CREATE DOMAIN). Its checks are objects living in it. */
export interface Domain extends ObjectBase {
  readonly kind: 'domain'
  readonly type: PgType
  /** A collation other than the type's own, as written in SQL. */
  readonly collation: string | null
  readonly default: string | null
  readonly notNull: boolean
}

export const isDomain = (object: ObjectBase): object is Domain => object.kind === 'domain'

export const domainKind: Kind<Domain> = {
  name: 'domain',
  label: 'Domain',
  plural: 'Domains',
  icon: 'type',
  order: 14,
  parents: ['schema'],
  mentionedBy: 'anything',
  isType: true,
  fields: {
    name: nameField(
      (domain, newName, schema) => `ALTER DOMAIN ${qualifiedName(domain, schema)} RENAME TO ${newName}`,
    ),
    type: {
      label: 'Type',
      editor: { type: 'pg-type' },
      valid: isPgType,
      alter: alterBase,
      sample: [
        { base: 'character varying', modifiers: '80', dimensions: 0, ref: null },
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
      alter: alterBase,
      sample: ['"C"', null],
      expressions: oneExpression,
    },
    default: {
      label: 'Default',
      editor: { type: 'expression', placeholder: "''" },
      valid: isTextOrNull,
      alter: {
        statements: (from, to, schema) => [
          alterDomain(from, schema, to.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${to.default}`),
        ],
      },
      sample: ["lower('X;'::text)", null],
      expressions: oneExpression,
    },
    notNull: {
      label: 'Not null',
      editor: { type: 'boolean', row: 'Null', on: 'Not null', off: 'Nullable' },
      valid: isFlag,
      alter: {
        statements: (from, to, schema) => [
          alterDomain(from, schema, to.notNull ? 'SET NOT NULL' : 'DROP NOT NULL'),
        ],
        hazards: (from, to) =>
          to.notNull ? [{ code: 'may-fail', message: `Stops when a row has no ${from.name}.` }] : [],
      },
      sample: [true, false],
    },
    comment: commentField((domain, schema) => `DOMAIN ${qualifiedName(domain, schema)}`),
  },
  sample: {
    id: 'domain',
    kind: 'domain',
    parent: 'schema',
    name: 'email_address',
    comment: null,
    type: { base: 'text', modifiers: '', dimensions: 0, ref: null },
    collation: null,
    default: null,
    notNull: false,
  },
  create: (domain, schema, clauses) => [createDomain(domain, schema, clauses)],
  drop: (domain, schema) => [statement(domain, `DROP DOMAIN ${qualifiedName(domain, schema)}`)],
  move: (from, to, schema) => [alterDomain(from, schema, `SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`)],
  dependsOn: (domain, schema) => rawTypesOf(domain.type, schema),
  catalog: {
    some: someRows('pg_type', 'oid', `typtype = 'd'`),
    query: `
      select 't' || t.oid as id, 'n' || t.typnamespace as parent, t.typname as name, ${typeColumns},
             ${collationColumn('t.typcollation', 'ty.typcollation')}, case when t.typdefault !~ '^NULL(::.*)?$' then t.typdefault end as "default", t.typnotnull as not_null,
             obj_description(t.oid, 'pg_type') as comment
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
        ${typeJoin('t.typbasetype', 't.typtypmod')}
      where t.typtype = 'd' and ${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}
        and ($1::oid[] is null or t.oid = any ($1))
      order by n.nspname, t.typname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'domain',
      parent: row.text('parent'),
      name: row.text('name'),
      type: readType(row),
      collation: row.textOrNull('collation'),
      default: row.textOrNull('default'),
      notNull: row.flag('not_null'),
      comment: row.textOrNull('comment'),
    }),
  },
}
