import { firstOwnOid, notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { anyRows } from '../../catalog/some-rows.ts'
import { collationColumn, readType, typeColumns, typeJoin } from '../../catalog/type-join.ts'
import type { ObjectBase } from '../../model/object.ts'
import { isPgType, type PgType } from '../../model/pg-type.ts'
import { qualifiedName } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import { typeMapper, typeReference } from '../field-types.ts'
import { commentField, isText, isTextOrNull, nameField, oneExpression } from '../fields.ts'
import type { Field, Kind } from '../kind.ts'
import { rawTypesOf } from '../raw/raw-types.ts'
import { alterDefinition, createRange, moveRange, multirangePath } from './range-type.ddl.ts'

/** A type of ranges over another one (docs CREATE TYPE AS RANGE). */
export interface RangeType extends ObjectBase {
  readonly kind: 'range type'
  readonly subtype: PgType
  /** As written in SQL, only where it is not the default of the subtype. */
  readonly opclass: string | null
  readonly collation: string | null
  /** Functions as written in SQL. */
  readonly canonical: string | null
  readonly subtypeDiff: string | null
  /** The type of sets of such ranges, in the same schema. */
  readonly multirangeName: string
}

export const isRange = (object: ObjectBase): object is RangeType => object.kind === 'range type'

function optionField(
  label: string,
  placeholder: string,
  sample: readonly (string | null)[],
): Field<RangeType, string | null> {
  return {
    label,
    editor: { type: 'text', placeholder },
    valid: isTextOrNull,
    alter: alterDefinition,
    sample,
    expressions: oneExpression,
  }
}

export const rangeTypeKind: Kind<RangeType> = {
  name: 'range type',
  label: 'Range type',
  plural: 'Range types',
  icon: 'square-dashed',
  order: 18,
  parents: ['schema'],
  mentionedBy: 'anything',
  isType: true,
  fields: {
    name: nameField(
      (range, newName, schema) => `ALTER TYPE ${qualifiedName(range, schema)} RENAME TO ${newName}`,
    ),
    multirangeName: {
      label: 'Multirange',
      editor: { type: 'name' },
      valid: isText,
      alter: {
        statements: (from, to, schema) => [
          statement(
            from,
            `ALTER TYPE ${multirangePath(from, schema)} RENAME TO ${quoteName(to.multirangeName)}`,
          ),
        ],
      },
      sample: ['Sets "of" 🐘'],
    },
    subtype: {
      label: 'Over',
      editor: { type: 'pg-type' },
      valid: isPgType,
      alter: alterDefinition,
      sample: [
        { base: 'integer', modifiers: '', dimensions: 0, ref: null },
        { base: 'text', modifiers: '', dimensions: 0, ref: null },
      ],
      references: typeReference,
      expressions: typeMapper,
      namesTypes: true,
    },
    opclass: optionField('Operator class', 'default', ['text_pattern_ops', null]),
    collation: optionField('Collation', 'default', ['"C"', null]),
    canonical: optionField('Canonical form', 'function', []),
    subtypeDiff: optionField('Difference', 'function', []),
    comment: commentField((range, schema) => `TYPE ${qualifiedName(range, schema)}`),
  },
  sample: {
    id: 'range type',
    kind: 'range type',
    parent: 'schema',
    name: 'span',
    comment: null,
    subtype: { base: 'text', modifiers: '', dimensions: 0, ref: null },
    opclass: null,
    collation: null,
    canonical: null,
    subtypeDiff: null,
    multirangeName: 'span_sets',
  },
  create: (range, schema) => [createRange(range, schema)],
  drop: (range, schema) => [statement(range, `DROP TYPE ${qualifiedName(range, schema)}`)],
  move: moveRange,
  dependsOn: (range, schema) => rawTypesOf(range.subtype, schema),
  catalog: {
    some: anyRows('pg_range', `rngtypid >= ${firstOwnOid}`),
    query: `
      select 't' || t.oid as id, 'n' || t.typnamespace as parent, t.typname as name, ${typeColumns},
             case when not o.opcdefault then case when on_.nspname in ('pg_catalog', 'public') then '' else quote_ident(on_.nspname) || '.' end
               || quote_ident(o.opcname) end as opclass,
             ${collationColumn('r.rngcollation', 'ty.typcollation')},
             case when r.rngcanonical <> 0 then r.rngcanonical::regproc::text end as canonical,
             case when r.rngsubdiff <> 0 then r.rngsubdiff::regproc::text end as subtype_diff,
             m.typname as multirange_name, obj_description(t.oid, 'pg_type') as comment
      from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace
        join pg_type m on m.oid = r.rngmultitypid
        join pg_opclass o on o.oid = r.rngsubopc join pg_namespace on_ on on_.oid = o.opcnamespace
        ${typeJoin('r.rngsubtype', 'null')}
      where ${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}
        and ($1::oid[] is null or t.oid = any ($1) or m.oid = any ($1))
      order by n.nspname, t.typname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'range type',
      parent: row.text('parent'),
      name: row.text('name'),
      subtype: readType(row),
      opclass: row.textOrNull('opclass'),
      collation: row.textOrNull('collation'),
      canonical: row.textOrNull('canonical'),
      subtypeDiff: row.textOrNull('subtype_diff'),
      multirangeName: row.text('multirange_name'),
      comment: row.textOrNull('comment'),
    }),
  },
}
