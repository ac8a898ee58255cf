import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { commentField, isFlag, isOneOf, isText, isTexts, nameField, requiredExpression } from '../fields.ts'
import type { Field, Kind } from '../kind.ts'

/** A view (docs CREATE VIEW). */
export interface View extends ObjectBase {
  readonly kind: 'view'
  /** The SELECT, without a final semicolon. */
  readonly query: string
  /** `name type` of each output column as PostgreSQL gave it; empty until it has. Not compared. */
  readonly columns: readonly string[]
  readonly checkOption: 'local' | 'cascaded' | null
  readonly securityInvoker: boolean
  readonly securityBarrier: boolean
}

export const isView = (object: ObjectBase): object is View => object.kind === 'view'

const isCheckOption = isOneOf(['local', 'cascaded'])

function optionField(label: string, option: string, read: (view: View) => boolean): Field<View, boolean> {
  return {
    label,
    editor: { type: 'boolean' },
    valid: isFlag,
    alter: { statements: (from, to, schema) => [setOption(from, schema, option, read(to) ? 'true' : null)] },
    sample: [true, false],
  }
}

export const viewKind: Kind<View> = {
  name: 'view',
  label: 'View',
  plural: 'Views',
  icon: 'eye',
  order: 80,
  parents: ['schema'],
  mentionedBy: 'anything',
  fields: {
    name: nameField(
      (view, newName, schema) => `ALTER VIEW ${qualifiedName(view, schema)} RENAME TO ${newName}`,
    ),
    query: {
      label: 'Query',
      editor: { type: 'code', language: 'sql' },
      valid: isText,
      alter: {
        // CREATE OR REPLACE VIEW can only add columns at the end (42P16).
        statements: (from, to, schema) =>
          from.columns.length > 0 && from.columns.every((column, place) => column === to.columns[place])
            ? [statement(from, createViewSql({ ...from, query: to.query }, schema, true))]
            : 'replace',
      },
      sample: [
        'SELECT 1 AS one',
        "SELECT id, upper(email) AS email, 'a;b' AS note FROM app.contacts WHERE id > 5",
      ],
      expressions: requiredExpression,
    },
    columns: {
      label: 'Columns',
      editor: { type: 'hidden' },
      valid: isTexts,
      alter: { statements: () => [] },
      sample: [],
      compared: false,
      derived: true,
    },
    checkOption: {
      label: 'Check option',
      editor: {
        type: 'choice',
        options: [
          { value: null, label: 'None' },
          { value: 'local', label: 'Local' },
          { value: 'cascaded', label: 'Cascaded' },
        ],
      },
      valid: (value): value is View['checkOption'] => value === null || isCheckOption(value),
      alter: {
        statements: (from, to, schema) => [setOption(from, schema, 'check_option', to.checkOption)],
      },
      sample: ['local', 'cascaded', null],
    },
    securityInvoker: optionField('Runs as its reader', 'security_invoker', (view) => view.securityInvoker),
    securityBarrier: optionField('Security barrier', 'security_barrier', (view) => view.securityBarrier),
    comment: commentField((view, schema) => `VIEW ${qualifiedName(view, schema)}`),
  },
  sample: {
    id: 'view',
    kind: 'view',
    parent: 'schema',
    name: 'recent_contacts',
    comment: null,
    query: 'SELECT id,\n    email\n   FROM app.contacts\n  WHERE (id > 10)',
    columns: [],
    checkOption: null,
    securityInvoker: false,
    securityBarrier: false,
  },
  create: (view, schema) => [statement(view, createViewSql(view, schema, false))],
  drop: (view, schema) => [statement(view, `DROP VIEW ${qualifiedName(view, schema)}`)],
  move: (from, to, schema) => [
    statement(
      from,
      `ALTER VIEW ${qualifiedName(from, schema)} SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`,
    ),
  ],
  pinsColumns: () => true,
  catalog: {
    some: someRows('pg_class', 'oid', `relkind = 'v'`),
    query: `
      select 'c' || c.oid as id, 'n' || c.relnamespace as parent, c.relname as name,
             rtrim(ltrim(pg_get_viewdef(c.oid)), ';') as query,
             array(select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
             o.check_option, coalesce(o.security_invoker, false) as security_invoker,
             coalesce(o.security_barrier, false) as security_barrier, obj_description(c.oid, 'pg_class') as comment
      from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        cross join lateral (
          select max(option_value) filter (where option_name = 'check_option') as check_option,
                 bool_or(option_value::boolean) filter (where option_name = 'security_invoker') as security_invoker,
                 bool_or(option_value::boolean) filter (where option_name = 'security_barrier') as security_barrier
          from pg_options_to_table(c.reloptions)) o
      where c.relkind = 'v' and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.relname`,
    read: (row) => {
      const checkOption = row.textOrNull('check_option')
      return {
        id: row.text('id'),
        kind: 'view',
        parent: row.text('parent'),
        name: row.text('name'),
        query: row.text('query'),
        columns: row.texts('columns'),
        checkOption: isCheckOption(checkOption) ? checkOption : null,
        securityInvoker: row.flag('security_invoker'),
        securityBarrier: row.flag('security_barrier'),
        comment: row.textOrNull('comment'),
      }
    },
  },
}

function createViewSql(view: View, schema: Schema, replace: boolean): string {
  const options = [
    view.securityBarrier ? 'security_barrier = true' : '',
    view.securityInvoker ? 'security_invoker = true' : '',
  ].filter((option) => option !== '')
  const withOptions = options.length === 0 ? '' : ` WITH (${options.join(', ')})`
  const check = view.checkOption === null ? '' : `\nWITH ${view.checkOption.toUpperCase()} CHECK OPTION`
  const create = replace ? 'CREATE OR REPLACE' : 'CREATE'
  return `${create} VIEW ${qualifiedName(view, schema)}${withOptions} AS\n${view.query}${check}`
}

function setOption(view: View, schema: Schema, option: string, value: string | null): Statement {
  const action = value === null ? `RESET (${option})` : `SET (${option} = ${value})`
  return statement(view, `ALTER VIEW ${qualifiedName(view, schema)} ${action}`)
}
