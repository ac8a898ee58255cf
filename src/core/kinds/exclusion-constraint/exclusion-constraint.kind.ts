import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainTable } from '../../catalog/plain-table.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { namesOf, qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import {
  alterTable,
  constraintCommentField,
  constraintNameField,
  type Deferral,
  deferralClause,
  deferralColumn,
  deferralField,
  dropConstraint,
  isDeferral,
} from '../constraint.ts'
import { isText, isTextOrNull, isTexts, oneExpression } from '../fields.ts'
import { keyRows, readIndexKey } from '../index/index.catalog.ts'
import { printKey } from '../index/index.ddl.ts'
import { type IndexKey, indexKind } from '../index/index.kind.ts'
import { includeField } from '../key.ts'
import type { Kind } from '../kind.ts'

/** A constraint that no two rows compare true in every key with its operator (docs CREATE TABLE, EXCLUDE). */
export interface ExclusionConstraint extends ObjectBase {
  readonly kind: 'exclusion constraint'
  readonly method: string
  readonly keys: readonly IndexKey[]
  /** The operator of each key, in order, as written in SQL: `=`, `&&`, `OPERATOR(app.===)`. */
  readonly operators: readonly string[]
  readonly include: readonly ObjectId[]
  /** Which rows it covers: the predicate. */
  readonly where: string | null
  readonly deferral: Deferral
}

export const isExclusionConstraint = (object: ObjectBase): object is ExclusionConstraint =>
  object.kind === 'exclusion constraint'

const plain: IndexKey = {
  column: null,
  expression: null,
  opclass: null,
  collation: null,
  order: 'asc',
  nulls: null,
}

const { keys } = indexKind.fields

export const exclusionConstraintKind: Kind<ExclusionConstraint> = {
  name: 'exclusion constraint',
  label: 'Exclusion constraint',
  plural: 'Exclusion constraints',
  icon: 'equal',
  order: 63,
  parents: ['table'],
  fields: {
    name: constraintNameField(),
    keys: {
      label: 'Keys',
      editor: keys.editor,
      valid: keys.valid,
      alter: 'replace',
      sample: [
        [{ ...plain, expression: "int8range(id, (account_id)::bigint, '[]'::text)" }],
        [
          {
            ...plain,
            expression:
              "tsrange('2026-01-01'::timestamp without time zone, NULL::timestamp without time zone)",
          },
        ],
      ],
      ...(keys.references && { references: keys.references }),
      ...(keys.expressions && { expressions: keys.expressions }),
    },
    operators: {
      label: 'Operators',
      editor: { type: 'texts', placeholder: '&&' },
      valid: isTexts,
      alter: 'replace',
      sample: [['='], ['&&']],
    },
    method: {
      label: 'Method',
      editor: indexKind.fields.method.editor,
      valid: isText,
      alter: 'replace',
      sample: ['spgist', 'gist'],
    },
    include: includeField(),
    where: {
      label: 'Where',
      editor: { type: 'expression', placeholder: "status = 'active'" },
      valid: isTextOrNull,
      alter: 'replace',
      sample: ['(id > 5)', null],
      expressions: oneExpression,
    },
    deferral: deferralField('replace'),
    comment: constraintCommentField(),
  },
  sample: {
    id: 'exclusion constraint',
    kind: 'exclusion constraint',
    parent: 'table',
    name: 'contacts_apart',
    comment: null,
    method: 'gist',
    keys: [{ ...plain, expression: 'int8range(id, account_id)' }],
    operators: ['&&'],
    include: [],
    where: null,
    deferral: 'not deferrable',
  },
  create: (constraint, schema) => [alterTable(constraint, schema, `ADD ${clause(constraint, schema)}`)],
  inline: clause,
  drop: dropConstraint,
  mentions: ({ keys, operators }) =>
    [...keys.map(({ opclass, collation }) => `${opclass ?? ''} ${collation ?? ''}`), ...operators]
      .join(' ')
      .trim(),
  pinsColumns: () => 'conversion',
  createHazards: (constraint, schema) => [
    {
      code: 'may-fail',
      message: `Stops when two rows of ${qualifiedNameOf(constraint.parent, schema)} exclude each other.`,
    },
  ],
  catalog: {
    some: someRows('pg_constraint', 'conrelid', `contype = 'x'`),
    query: `
      select 'k' || k.oid as id, 'c' || c.oid as parent, k.conname as name, m.amname as method, (${keyRows}) as keys,
             array(select case when pg_operator_is_visible(o.oid) then o.oprname else format('OPERATOR(%I.%s)', s.nspname, o.oprname) end
                   from unnest(k.conexclop) with ordinality u (operator, place) join pg_operator o on o.oid = u.operator
                     join pg_namespace s on s.oid = o.oprnamespace order by u.place) as operators,
             array(select 'a' || i.indrelid || '.' || u.attnum from unnest(i.indkey::int2[]) with ordinality u (attnum, place)
                   where u.place > i.indnkeyatts order by u.place) as include,
             pg_get_expr(i.indpred, i.indrelid) as predicate, ${deferralColumn},
             obj_description(k.oid, 'pg_constraint') as comment
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_index i on i.indexrelid = k.conindid join pg_class x on x.oid = i.indexrelid join pg_am m on m.oid = x.relam
      where k.contype = 'x' and ${plainTable('c')} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.relname, k.conname`,
    read: (row) => {
      const deferral = row.text('deferral')
      return {
        id: row.text('id'),
        kind: 'exclusion constraint',
        parent: row.text('parent'),
        name: row.text('name'),
        method: row.text('method'),
        keys: row.rows('keys').map(readIndexKey),
        operators: row.texts('operators'),
        include: row.texts('include'),
        where: row.textOrNull('predicate'),
        deferral: isDeferral(deferral) ? deferral : 'not deferrable',
        comment: row.textOrNull('comment'),
      }
    },
  },
}

function clause(constraint: ExclusionConstraint, schema: Schema): string {
  const elements = constraint.keys.map(
    (key, place) => `${printKey(key, schema)} WITH ${constraint.operators[place] ?? '='}`,
  )
  const parts = [
    `CONSTRAINT ${quoteName(constraint.name)} EXCLUDE USING ${quoteName(constraint.method)} (${elements.join(', ')})`,
  ]
  if (constraint.include.length > 0) parts.push(`INCLUDE (${namesOf(constraint.include, schema).join(', ')})`)
  if (constraint.where !== null) parts.push(`WHERE (${constraint.where})`)
  return parts.join(' ') + deferralClause(constraint.deferral)
}
