import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { commentField, isFlag, isText, isTexts, nameField, requiredExpression } from '../fields.ts'
import type { Kind } from '../kind.ts'
import {
  accessMethodClause,
  methodNamed,
  readStored,
  type Stored,
  storedAsUsual,
  storedColumns,
  storedFields,
  tablespaceClause,
} from '../storage.ts'
import { parameterActions, printParameter } from '../storage-parameters.ts'

/** A view that keeps its rows (docs CREATE MATERIALIZED VIEW). Its indexes are objects living in it. */
export interface MaterializedView extends Stored {
  readonly kind: 'materialized view'
  /** The SELECT, without a final semicolon. */
  readonly query: string
  /** False: WITH NO DATA; it cannot be read until it is refreshed. */
  readonly populated: boolean
  /** Storage parameters as `name=value`, sorted. */
  readonly with: readonly string[]
}

export const materializedViewKind: Kind<MaterializedView> = {
  name: 'materialized view',
  label: 'Materialized view',
  plural: 'Materialized views',
  icon: 'square-stack',
  order: 82,
  parents: ['schema'],
  mentionedBy: 'anything',
  fields: {
    name: nameField((view, newName, schema) => alterView(view, schema, `RENAME TO ${newName}`)),
    query: {
      label: 'Query',
      editor: { type: 'code', language: 'sql' },
      valid: isText,
      alter: 'replace',
      sample: [
        'SELECT 1 AS one',
        "SELECT id, upper(email) AS email, 'a;b' AS note FROM app.contacts WHERE id > 5",
      ],
      expressions: requiredExpression,
    },
    populated: {
      label: 'With data',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: {
        statements: (from, to, schema) => {
          const suffix = to.populated ? '' : ' WITH NO DATA'
          return [statement(from, `REFRESH MATERIALIZED VIEW ${qualifiedName(from, schema)}${suffix}`)]
        },
      },
      sample: [false, true],
    },
    with: {
      label: 'Storage parameters',
      editor: { type: 'texts', placeholder: 'fillfactor=90' },
      valid: isTexts,
      alter: {
        statements: (from, to, schema) =>
          parameterActions(from.with, to.with).map((action) =>
            statement(from, alterView(from, schema, action)),
          ),
      },
      sample: [
        ['fillfactor=70'],
        ['autovacuum_enabled=false', 'fillfactor=80', 'toast.autovacuum_enabled=false'],
        [],
      ],
    },
    ...storedFields<MaterializedView>(
      (view, schema) => `ALTER MATERIALIZED VIEW ${qualifiedName(view, schema)}`,
    ),
    comment: commentField((view, schema) => `MATERIALIZED VIEW ${qualifiedName(view, schema)}`),
  },
  sample: {
    id: 'materialized view',
    kind: 'materialized view',
    parent: 'schema',
    name: 'contact_names',
    comment: null,
    query: 'SELECT id,\n    email\n   FROM app.contacts\n  WHERE (id > 10)',
    populated: true,
    with: [],
    ...storedAsUsual,
  },
  create: (view, schema) => [statement(view, createSql(view, schema))],
  drop: (view, schema) => [statement(view, `DROP MATERIALIZED VIEW ${qualifiedName(view, schema)}`)],
  move: (from, to, schema): readonly Statement[] => [
    statement(from, alterView(from, schema, `SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`)),
  ],
  dependsOn: ({ accessMethod }, schema) => methodNamed(accessMethod, schema),
  pinsColumns: () => true,
  catalog: {
    some: someRows('pg_class', 'oid', `relkind = 'm'`),
    query: `
      select 'c' || c.oid as id, 'n' || c.relnamespace as parent, c.relname as name,
             rtrim(ltrim(pg_get_viewdef(c.oid)), ';') as query, c.relispopulated as populated,
             array(select option from unnest(c.reloptions || array(select 'toast.' || o from unnest(t.reloptions) o)) option
                   order by option) as parameters, ${storedColumns('c')},
             obj_description(c.oid, 'pg_class') as comment
      from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_class t on t.oid = c.reltoastrelid
      where c.relkind = 'm' and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.relname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'materialized view',
      parent: row.text('parent'),
      name: row.text('name'),
      query: row.text('query'),
      populated: row.flag('populated'),
      with: row.texts('parameters'),
      ...readStored(row),
      comment: row.textOrNull('comment'),
    }),
  },
}

function alterView(view: MaterializedView, schema: Schema, action: string): string {
  return `ALTER MATERIALIZED VIEW ${qualifiedName(view, schema)} ${action}`
}

function createSql(view: MaterializedView, schema: Schema): string {
  const parameters = view.with.length === 0 ? '' : ` WITH (${view.with.map(printParameter).join(', ')})`
  const suffix = view.populated ? '' : '\nWITH NO DATA'
  const kept = `${accessMethodClause(view)}${parameters}${tablespaceClause(view)}`
  return `CREATE MATERIALIZED VIEW ${qualifiedName(view, schema)}${kept} AS\n${view.query}${suffix}`
}
