import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainTable } from '../../catalog/plain-table.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { commentField, isOneOf, isText, nameField, requiredExpression } from '../fields.ts'
import type { Kind } from '../kind.ts'

const isEvent = isOneOf(['insert', 'update', 'delete'])
const isEnabled = isOneOf(['origin', 'disabled', 'replica', 'always'])

/** Rewrites the statements on a table or view (docs CREATE RULE). The rule that a view itself is does not count. */
export interface Rule extends ObjectBase {
  readonly kind: 'rule'
  readonly event: 'insert' | 'update' | 'delete'
  /** What follows the table's name: `WHERE … DO INSTEAD …`. */
  readonly body: string
  readonly enabled: 'origin' | 'disabled' | 'replica' | 'always'
}

export const ruleKind: Kind<Rule> = {
  name: 'rule',
  label: 'Rule',
  plural: 'Rules',
  icon: 'replace',
  order: 92,
  parents: ['table', 'view'],
  nameScope: 'kind',
  fields: {
    name: nameField(
      (rule, newName, schema) =>
        `ALTER RULE ${quoteName(rule.name)} ON ${qualifiedNameOf(rule.parent, schema)} RENAME TO ${newName}`,
    ),
    event: {
      label: 'On',
      editor: {
        type: 'choice',
        options: ['insert', 'update', 'delete'].map((value) => ({ value, label: value })),
      },
      valid: isEvent,
      alter: 'replace',
      sample: ['update', 'insert'],
    },
    body: {
      label: 'Does',
      editor: { type: 'code', language: 'sql' },
      valid: isText,
      alter: 'replace',
      sample: ['DO NOTHING', "WHERE new.email = 'a DO INSTEAD;b' DO ALSO DELETE FROM app.contacts"],
      expressions: requiredExpression,
    },
    enabled: {
      label: 'Applies',
      editor: {
        type: 'choice',
        options: ['origin', 'disabled', 'replica', 'always'].map((value) => ({ value, label: value })),
      },
      valid: isEnabled,
      alter: { statements: (from, to, schema) => [enableRule(from, to.enabled, schema)] },
      sample: ['disabled', 'replica', 'always', 'origin'],
    },
    comment: commentField(
      (rule, schema) => `RULE ${quoteName(rule.name)} ON ${qualifiedNameOf(rule.parent, schema)}`,
    ),
  },
  sample: {
    id: 'rule',
    kind: 'rule',
    parent: 'table',
    name: 'quiet',
    comment: null,
    event: 'insert',
    body: 'WHERE (new.id < 0) DO INSTEAD NOTHING',
    enabled: 'origin',
  },
  create: (rule, schema) => {
    const table = qualifiedNameOf(rule.parent, schema)
    const created = statement(
      rule,
      `CREATE RULE ${quoteName(rule.name)} AS\n  ON ${rule.event.toUpperCase()} TO ${table}\n  ${rule.body}`,
    )
    return rule.enabled === 'origin' ? [created] : [created, enableRule(rule, rule.enabled, schema)]
  },
  drop: (rule, schema) => [
    statement(rule, `DROP RULE ${quoteName(rule.name)} ON ${qualifiedNameOf(rule.parent, schema)}`),
  ],
  pinsColumns: () => true,
  catalog: {
    some: someRows('pg_rewrite', 'ev_class', `rulename <> '_RETURN'`),
    query: `
      select 'q' || w.oid as id, 'c' || c.oid as parent, w.rulename as name, w.ev_type::text as event,
             rtrim(regexp_replace(substr(pg_get_ruledef(w.oid), length(format(E'CREATE RULE %I AS\\n    ON %s TO %I.%I', w.rulename,
               case w.ev_type when '2' then 'UPDATE' when '3' then 'INSERT' else 'DELETE' end, n.nspname, c.relname)) + 1), '^\\s+', ''), ';') as body,
             w.ev_enabled::text as enabled, obj_description(w.oid, 'pg_rewrite') as comment
      from pg_rewrite w join pg_class c on c.oid = w.ev_class join pg_namespace n on n.oid = c.relnamespace
      where w.rulename <> '_RETURN' and (c.relkind = 'v' or ${plainTable('c')}) and ${ownSchemas}
        and ${notFromExtension('pg_class', 'c.oid')} and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.relname, w.rulename`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'rule',
      parent: row.text('parent'),
      name: row.text('name'),
      event: events[row.text('event')] ?? 'delete',
      body: row.text('body'),
      enabled: enabledWords[row.text('enabled')] ?? 'origin',
      comment: row.textOrNull('comment'),
    }),
  },
}

/** pg_rewrite.ev_type. */
const events: Readonly<Record<string, Rule['event']>> = { '2': 'update', '3': 'insert', '4': 'delete' }

/** pg_rewrite.ev_enabled. */
const enabledWords: Readonly<Record<string, Rule['enabled']>> = {
  O: 'origin',
  D: 'disabled',
  R: 'replica',
  A: 'always',
}

function enableRule(rule: Rule, enabled: Rule['enabled'], schema: Schema): Statement {
  const word = { origin: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[
    enabled
  ]
  return statement(
    rule,
    `ALTER TABLE ${qualifiedNameOf(rule.parent, schema)} ${word} RULE ${quoteName(rule.name)}`,
  )
}
