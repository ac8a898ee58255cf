import { firstOwnOid } from '../../catalog/keys.ts'
import { anyRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import { quoteName, quoteText } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import { asPrinted, commentField, isFlag, isNumber, isTextOrNull, isTexts, nameField } from '../fields.ts'
import type { AlterRule, Field, Kind } from '../kind.ts'
import { rolesNamed } from '../role-names.ts'
import { createRole, grantMembership, memberRole, setSetting } from './role.ddl.ts'

/**
 * A role (docs 21). It belongs to the whole cluster, where it may exist already or serve other databases: a migration
 * makes it where it is missing and leaves it alone where it exists, never renames it and never drops it.
 */
export interface Role extends ObjectBase {
  readonly kind: 'role'
  readonly login: boolean
  readonly inherit: boolean
  readonly createRole: boolean
  readonly createDatabase: boolean
  readonly bypassRowSecurity: boolean
  readonly replication: boolean
  readonly superuser: boolean
  /** -1: no limit. */
  readonly connectionLimit: number
  /** When its password expires, as PostgreSQL prints a timestamptz. */
  readonly validUntil: string | null
  /** Names of roles, each with what follows it in GRANT: `staff`, `staff WITH ADMIN OPTION`. */
  readonly memberOf: readonly string[]
  /** `name=value` for its sessions. */
  readonly settings: readonly string[]
}

export const isRole = (object: ObjectBase): object is Role => object.kind === 'role'

/** A role that may log in, without any other right. */
export const blankRole: Omit<Role, 'id' | 'name'> = {
  kind: 'role',
  parent: null,
  comment: null,
  login: false,
  inherit: true,
  createRole: false,
  createDatabase: false,
  bypassRowSecurity: false,
  replication: false,
  superuser: false,
  connectionLimit: -1,
  validUntil: null,
  memberOf: [],
  settings: [],
}

type Flag = {
  [F in keyof Role]: Role[F] extends boolean ? F : never
}[keyof Role]

function attributeField(label: string, name: Flag, word: string): Field<Role, boolean> {
  return {
    label,
    editor: { type: 'boolean' },
    valid: isFlag,
    alter: alterRole((to) => (to[name] ? word : `NO${word}`)),
    sample: [true, false],
  }
}

function alterRole(clause: (to: Role) => string): AlterRule<Role> {
  return {
    statements: (from, to) => [statement(from, `ALTER ROLE ${quoteName(from.name)} ${clause(to)}`)],
    hazards: (from) => [
      {
        code: 'may-fail',
        message: `Changes ${from.name} in every database of the server; needs the right to.`,
      },
    ],
  }
}

export const roleKind: Kind<Role> = {
  name: 'role',
  label: 'Role',
  plural: 'Roles',
  icon: 'user-round',
  order: 2,
  foundation: true,
  clusterWide: true,
  parents: [],
  nameScope: 'kind',
  fields: {
    name: nameField('replace'),
    login: attributeField('May log in', 'login', 'LOGIN'),
    inherit: attributeField('Has the rights of its roles', 'inherit', 'INHERIT'),
    createRole: attributeField('May make roles', 'createRole', 'CREATEROLE'),
    createDatabase: attributeField('May make databases', 'createDatabase', 'CREATEDB'),
    bypassRowSecurity: attributeField('Bypasses row-level security', 'bypassRowSecurity', 'BYPASSRLS'),
    replication: attributeField('May replicate', 'replication', 'REPLICATION'),
    superuser: attributeField('Superuser', 'superuser', 'SUPERUSER'),
    connectionLimit: {
      label: 'Connection limit',
      editor: { type: 'number' },
      valid: isNumber,
      alter: alterRole((to) => `CONNECTION LIMIT ${to.connectionLimit}`),
      sample: [5, -1],
    },
    validUntil: {
      label: 'Valid until',
      editor: { type: 'text', placeholder: '2030-01-01 00:00:00+00' },
      valid: isTextOrNull,
      alter: alterRole((to) => `VALID UNTIL ${quoteText(to.validUntil ?? 'infinity')}`),
      sample: ['2040-02-03 04:05:06+00', null],
    },
    memberOf: {
      label: 'Member of',
      editor: { type: 'texts', placeholder: 'staff' },
      valid: isTexts,
      alter: {
        statements: (from, to) => [
          ...from.memberOf
            .filter((entry) => !to.memberOf.includes(entry))
            .map((entry) =>
              statement(from, `REVOKE ${quoteName(memberRole(entry))} FROM ${quoteName(from.name)}`),
            ),
          ...to.memberOf
            .filter((entry) => !from.memberOf.includes(entry))
            .map((entry) => statement(from, grantMembership(from, entry))),
        ],
      },
      sample: [['Two "Words" 🐘'], ['Two "Words" 🐘 WITH ADMIN OPTION'], []],
      expressions: asPrinted,
    },
    settings: {
      label: 'Settings',
      editor: { type: 'texts', placeholder: 'statement_timeout=5s' },
      valid: isTexts,
      alter: {
        statements: (from, to) => [
          ...from.settings
            .map((setting) => setting.split('=')[0] ?? '')
            .filter((name) => !to.settings.some((setting) => setting.startsWith(`${name}=`)))
            .map((name) => statement(from, `ALTER ROLE ${quoteName(from.name)} RESET ${name}`)),
          ...to.settings
            .filter((setting) => !from.settings.includes(setting))
            .map((setting) => statement(from, setSetting(from, setting))),
        ],
      },
      sample: [['lock_timeout=2s', 'statement_timeout=5 s'], []],
      expressions: asPrinted,
    },
    comment: commentField((role) => `ROLE ${quoteName(role.name)}`),
  },
  sample: { ...blankRole, id: 'role', name: 'reader', login: true },
  create: createRole,
  drop: () => [],
  dependsOn: (role, schema) => rolesNamed(role.memberOf.map(memberRole), schema),
  catalog: {
    // Roles are few, and no event trigger tells of a change to them: they are always read whole.
    some: anyRows('pg_roles', `oid >= ${firstOwnOid}`),
    query: `
      select 'r' || r.oid as id, r.rolname as name, r.rolcanlogin as login, r.rolinherit as inherit,
             r.rolcreaterole as create_role, r.rolcreatedb as create_database, r.rolbypassrls as bypass_row_security,
             r.rolreplication as replication, r.rolsuper as superuser, r.rolconnlimit as connection_limit,
             nullif(r.rolvaliduntil, 'infinity')::text as valid_until,
             array(select g.rolname || coalesce(' WITH ' || nullif(concat_ws(', ', case when a.admin_option then 'ADMIN OPTION' end,
                     case when a.inherit_option <> r.rolinherit then 'INHERIT ' || upper(a.inherit_option::text) end,
                     case when not a.set_option then 'SET FALSE' end), ''), '')
                   from pg_auth_members a join pg_roles g on g.oid = a.roleid where a.member = r.oid
                   order by g.rolname collate "C") as member_of,
             array(select setting from pg_db_role_setting s, unnest(s.setconfig) setting
                   where s.setrole = r.oid and s.setdatabase = 0 order by setting collate "C") as settings,
             shobj_description(r.oid, 'pg_authid') as comment
      from pg_roles r
      where r.oid >= ${firstOwnOid} and ($1::oid[] is null or r.oid <> all ('{}') or r.oid = any ($1))
      order by r.rolname`,
    read: (row) => ({
      ...blankRole,
      id: row.text('id'),
      name: row.text('name'),
      login: row.flag('login'),
      inherit: row.flag('inherit'),
      createRole: row.flag('create_role'),
      createDatabase: row.flag('create_database'),
      bypassRowSecurity: row.flag('bypass_row_security'),
      replication: row.flag('replication'),
      superuser: row.flag('superuser'),
      connectionLimit: row.number('connection_limit'),
      validUntil: row.textOrNull('valid_until'),
      memberOf: row.texts('member_of'),
      settings: row.texts('settings'),
      comment: row.textOrNull('comment'),
    }),
  },
}
