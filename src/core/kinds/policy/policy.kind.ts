import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { hasParts, inScope } from '../../catalog/plain-table.ts'
import { anyRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import {
  asPrinted,
  commentField,
  isFlag,
  isOneOf,
  isTextOrNull,
  isTexts,
  nameField,
  oneExpression,
} from '../fields.ts'
import type { AlterRule, Field, Kind } from '../kind.ts'
import { everyone, roleNameSql, roleSql, rolesNamed } from '../role-names.ts'

const policyCommands = ['all', 'select', 'insert', 'update', 'delete'] as const

/** A row-level security policy of a table (docs 5.9). It works once the table has row-level security enabled. */
export interface Policy extends ObjectBase {
  readonly kind: 'policy'
  readonly command: (typeof policyCommands)[number]
  /** Permissive policies widen each other, a restrictive one narrows them all. */
  readonly permissive: boolean
  /** Names of roles, sorted; `public` for everyone. */
  readonly roles: readonly string[]
  /** Which existing rows are seen. */
  readonly using: string | null
  /** Which new rows are let in; null: as `using` says. */
  readonly withCheck: string | null
}

export const isPolicy = (object: ObjectBase): object is Policy => object.kind === 'policy'

const isCommand = isOneOf(policyCommands)

export const policyKind: Kind<Policy> = {
  name: 'policy',
  label: 'Policy',
  plural: 'Policies',
  icon: 'shield-check',
  order: 91,
  parents: ['table', 'partition'],
  nameScope: 'kind',
  fields: {
    name: nameField((policy, newName, schema) => alterSql(policy, schema, `RENAME TO ${newName}`)),
    command: {
      label: 'For',
      editor: {
        type: 'choice',
        options: policyCommands.map((value) => ({ value, label: value.toUpperCase() })),
      },
      valid: isCommand,
      alter: 'replace',
      sample: ['select', 'update', 'delete', 'all'],
    },
    permissive: {
      label: 'Mode',
      editor: { type: 'boolean', on: 'Permissive', off: 'Restrictive' },
      valid: isFlag,
      alter: 'replace',
      sample: [false, true],
    },
    roles: {
      label: 'To roles',
      editor: { type: 'texts', placeholder: everyone },
      valid: (value): value is readonly string[] => isTexts(value) && value.length > 0,
      alter: {
        statements: (from, to, schema) => [statement(from, alterSql(from, schema, `TO ${roleList(to)}`))],
      },
      sample: [['reader'], ['Two "Words" 🐘', 'reader'], [everyone]],
      expressions: asPrinted,
    },
    using: conditionField('Rows to see', 'using', 'USING', 'owner_id = current_user_id()'),
    withCheck: conditionField('New rows', 'withCheck', 'WITH CHECK', 'as above'),
    comment: commentField(
      (policy, schema) => `POLICY ${quoteName(policy.name)} ON ${qualifiedNameOf(policy.parent, schema)}`,
    ),
  },
  sample: {
    id: 'policy',
    kind: 'policy',
    parent: 'table',
    name: 'own rows',
    comment: null,
    command: 'all',
    permissive: true,
    roles: [everyone],
    using: '(id > 5)',
    withCheck: null,
  },
  create: (policy, schema) => [statement(policy, createPolicySql(policy, schema))],
  drop: (policy, schema) => [
    statement(policy, `DROP POLICY ${quoteName(policy.name)} ON ${qualifiedNameOf(policy.parent, schema)}`),
  ],
  dependsOn: (policy, schema) => rolesNamed(policy.roles, schema),
  pinsColumns: () => true,
  catalog: {
    some: anyRows('pg_policy'),
    query: `
      select 'y' || p.oid as id, 'c' || p.polrelid as parent, p.polname as name, p.polcmd::text as command,
             p.polpermissive as permissive,
             array(select r.name from (select ${roleNameSql('role')} as name from unnest(p.polroles) role) r order by r.name collate "C") as roles,
             pg_get_expr(p.polqual, p.polrelid) as condition, pg_get_expr(p.polwithcheck, p.polrelid) as with_check,
             obj_description(p.oid, 'pg_policy') as comment
      from pg_policy p
        join pg_class c on c.oid = p.polrelid
        join pg_namespace n on n.oid = c.relnamespace
      where ${hasParts('c')} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ${inScope('p.polrelid')}
      order by n.nspname, c.relname, p.polname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'policy',
      parent: row.text('parent'),
      name: row.text('name'),
      command: commandLetters[row.text('command')] ?? 'all',
      permissive: row.flag('permissive'),
      roles: row.texts('roles'),
      using: row.textOrNull('condition'),
      withCheck: row.textOrNull('with_check'),
      comment: row.textOrNull('comment'),
    }),
  },
}

/** polcmd (docs 52.38); `*` is all. */
const commandLetters: Readonly<Record<string, Policy['command']>> = {
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
}

function conditionField(
  label: string,
  name: 'using' | 'withCheck',
  words: string,
  placeholder: string,
): Field<Policy, string | null> {
  const alter: AlterRule<Policy> = {
    // ALTER POLICY can exchange a condition, not take it off or add the first.
    statements: (from, to, schema) =>
      from[name] === null || to[name] === null
        ? 'replace'
        : [statement(from, alterSql(from, schema, `${words} (${to[name]})`))],
  }
  return {
    label,
    editor: { type: 'expression', placeholder },
    valid: isTextOrNull,
    alter,
    sample: ["(email <> 'a;b)'::text)", '(id > 8)', null],
    expressions: oneExpression,
  }
}

function createPolicySql(policy: Policy, schema: Schema): string {
  const lines = [`CREATE POLICY ${quoteName(policy.name)} ON ${qualifiedNameOf(policy.parent, schema)}`]
  if (!policy.permissive) lines.push('AS RESTRICTIVE')
  if (policy.command !== 'all') lines.push(`FOR ${policy.command.toUpperCase()}`)
  if (policy.roles.some((name) => name !== everyone)) lines.push(`TO ${roleList(policy)}`)
  if (policy.using !== null) lines.push(`USING (${policy.using})`)
  if (policy.withCheck !== null) lines.push(`WITH CHECK (${policy.withCheck})`)
  return lines.join('\n  ')
}

function alterSql(policy: Policy, schema: Schema, action: string): string {
  return `ALTER POLICY ${quoteName(policy.name)} ON ${qualifiedNameOf(policy.parent, schema)} ${action}`
}

function roleList({ roles }: Policy): string {
  return roles.map(roleSql).join(', ')
}
