import type { ObjectBase } from '../model/object.ts'
import {
  type DefaultPrivileges,
  defaultPrivilegesKind,
} from './default-privileges/default-privileges.kind.ts'
import { type Grant, grantKind } from './grant/grant.kind.ts'
import { type Owner, ownerKind } from './owner/owner.kind.ts'
import { type Policy, policyKind } from './policy/policy.kind.ts'
import { blankRole, type Role } from './role/role.kind.ts'
import { everyone, whoMigrates } from './role-names.ts'

/** Roles, rights and policies in their rarer forms, on what `sample-variants.ts` holds. */
export function rightsVariants(): readonly ObjectBase[] {
  return [staff, application, ...policies(), ...grants(), ...owners(), ...defaults()]
}

const staff: Role = {
  ...blankRole,
  id: 'staff role',
  name: 'Two "Words" 🐘',
  inherit: false,
  comment: 'Staff',
}

const application: Role = {
  ...blankRole,
  id: 'application role',
  name: 'naïve_🐘',
  bypassRowSecurity: true,
  connectionLimit: 7,
  validUntil: '2040-01-02 00:00:00+00',
  memberOf: ['Two "Words" 🐘 WITH ADMIN OPTION', 'reader'],
  settings: ['lock_timeout=2s', 'statement_timeout=5s'],
}

function policies(): readonly Policy[] {
  const base: Policy = { ...policyKind.sample, parent: 'things table', withCheck: null }
  return [
    {
      ...base,
      id: 'narrow policy',
      name: 'it\'s "narrow"',
      command: 'select',
      permissive: false,
      roles: [whoMigrates, 'Two "Words" 🐘', 'reader'],
      using: '(code > 3)',
      comment: 'Narrow',
    },
    { ...base, id: 'new rows policy', name: 'new rows', command: 'insert', using: null, withCheck: 'true' },
  ]
}

function owners(): readonly Owner[] {
  const name = 'Two "Words" 🐘'
  return [
    'places table',
    'view',
    'materialized view',
    'sequence',
    'enum',
    'function',
    'aggregate',
    'composite type',
    'collation',
  ].map((parent) => ({ ...ownerKind.sample, id: `${parent} owner`, parent, name }))
}

function grants(): readonly Grant[] {
  const base: Grant = { ...grantKind.sample, grantable: [] }
  return [
    {
      ...base,
      id: 'things grant',
      parent: 'things table',
      name: 'Two "Words" 🐘',
      privileges: ['INSERT', 'SELECT', 'UPDATE ("A ""b"" 🐘")', 'UPDATE (code)'],
      grantable: ['INSERT', 'UPDATE (code)'],
    },
    {
      ...base,
      id: 'owner grant',
      parent: 'things table',
      name: whoMigrates,
      privileges: [],
      revoked: ['DELETE'],
    },
    { ...base, id: 'view grant', parent: 'options view', name: everyone, privileges: ['SELECT'] },
    { ...base, id: 'schema grant', parent: 'schema', privileges: ['USAGE'] },
    { ...base, id: 'sequence grant', parent: 'sequence', privileges: ['SELECT', 'USAGE'] },
    {
      ...base,
      id: 'procedure grant',
      parent: 'procedure',
      name: everyone,
      privileges: [],
      revoked: ['EXECUTE'],
    },
    { ...base, id: 'function grant', parent: 'overload', privileges: ['EXECUTE'] },
    { ...base, id: 'type grant', parent: 'enum', name: everyone, privileges: [], revoked: ['USAGE'] },
  ]
}

function defaults(): readonly DefaultPrivileges[] {
  const base = defaultPrivilegesKind.sample
  return [
    {
      ...base,
      id: 'function defaults',
      name: everyone,
      objects: 'functions',
      maker: 'naïve_🐘',
      privileges: [],
      revoked: ['EXECUTE'],
    },
    {
      ...base,
      id: 'schema defaults',
      objects: 'sequences',
      schema: 'schema',
      privileges: ['SELECT', 'USAGE'],
      grantable: ['USAGE'],
    },
  ]
}
