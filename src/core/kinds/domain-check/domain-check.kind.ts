import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { commentField, isFlag, isText, nameField, requiredExpression } from '../fields.ts'
import type { Kind } from '../kind.ts'

/** A condition on the values of a domain (docs CREATE DOMAIN). */
export interface DomainCheck extends ObjectBase {
  readonly kind: 'domain check'
  /** The condition on VALUE without the outer parentheses of CHECK (…). */
  readonly expression: string
  /** NOT VALID: existing values are not known to satisfy it. */
  readonly notValid: boolean
}

export const isDomainCheck = (object: ObjectBase): object is DomainCheck => object.kind === 'domain check'

export const domainCheckKind: Kind<DomainCheck> = {
  name: 'domain check',
  label: 'Check',
  plural: 'Checks',
  icon: 'list-checks',
  order: 15,
  parents: ['domain'],
  nameScope: 'parent',
  fields: {
    name: nameField((check, newName, schema) =>
      alterDomainOf(check, schema, `RENAME CONSTRAINT ${quoteName(check.name)} TO ${newName}`),
    ),
    expression: {
      label: 'Condition',
      editor: { type: 'expression', placeholder: "VALUE LIKE '%@%'" },
      valid: isText,
      alter: 'replace',
      sample: ["VALUE <> 'a;b'", 'length(VALUE) < 50'],
      expressions: requiredExpression,
    },
    notValid: {
      label: 'Not valid',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: {
        verb: () => 'Validate',
        statements: (from, to, schema) =>
          to.notValid
            ? 'replace'
            : [statement(from, alterDomainOf(from, schema, `VALIDATE CONSTRAINT ${quoteName(from.name)}`))],
      },
      sample: [true, false],
    },
    comment: commentField(domainCheckTarget),
  },
  sample: {
    id: 'domain check',
    kind: 'domain check',
    parent: 'domain',
    name: 'email_address_check',
    comment: null,
    expression: "(VALUE ~~ '%@%'::text)",
    notValid: false,
  },
  createHazards: (check, schema) =>
    check.notValid
      ? []
      : [
          {
            code: 'may-fail',
            message: `Stops when a value of ${qualifiedNameOf(check.parent, schema)} breaks ${check.name}.`,
          },
        ],
  create: (check, schema) => [addDomainCheck(check, schema)],
  inline: domainCheckClause,
  drop: (check, schema) => [
    statement(check, alterDomainOf(check, schema, `DROP CONSTRAINT ${quoteName(check.name)}`)),
  ],
  catalog: {
    some: someRows('pg_type', 'oid', `typtype = 'd'`),
    query: `
      select 'k' || k.oid as id, 't' || t.oid as parent, k.conname as name, pg_get_expr(k.conbin, 0) as expression,
             not k.convalidated as not_valid, obj_description(k.oid, 'pg_constraint') as comment
      from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
      where k.contype = 'c' and ${ownSchemas} and ${notFromExtension('pg_type', 't.oid')}
        and ($1::oid[] is null or t.oid = any ($1))
      order by n.nspname, t.typname, k.conname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'domain check',
      parent: row.text('parent'),
      name: row.text('name'),
      expression: row.text('expression'),
      notValid: row.flag('not_valid'),
      comment: row.textOrNull('comment'),
    }),
  },
}

/** What follows COMMENT ON. */
export function domainCheckTarget(check: DomainCheck, schema: Schema): string {
  return `CONSTRAINT ${quoteName(check.name)} ON DOMAIN ${qualifiedNameOf(check.parent, schema)}`
}

function alterDomainOf(check: DomainCheck, schema: Schema, action: string): string {
  return `ALTER DOMAIN ${qualifiedNameOf(check.parent, schema)} ${action}`
}

export function addDomainCheck(check: DomainCheck, schema: Schema): Statement {
  const suffix = check.notValid ? ' NOT VALID' : ''
  return statement(
    check,
    alterDomainOf(
      check,
      schema,
      `ADD CONSTRAINT ${quoteName(check.name)} CHECK (${check.expression})${suffix}`,
    ),
  )
}

/** Its part of CREATE DOMAIN; null where it needs a statement of its own. */
export function domainCheckClause(check: DomainCheck): string | null {
  return check.notValid ? null : `CONSTRAINT ${quoteName(check.name)} CHECK (${check.expression})`
}
