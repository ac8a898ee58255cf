import { anyRows } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { quoteName } from '../../sql/quote.ts'
import type { Statement } from '../../sql/statement.ts'
import { isOneOf, isText, isTextOrNull, noComment, optionalReference } from '../fields.ts'
import { type Grant, grantKind, isGrant } from '../grant/grant.kind.ts'
import { grantableKinds, grantTarget } from '../grant/grant.target.ts'
import type { Kind } from '../kind.ts'
import {
  giveRights,
  type Rights,
  type RightsSql,
  rightsColumns,
  rightsFields,
  rightsOfHolder,
  takeRights,
} from '../rights.ts'
import { roleNameSql, roleSql, rolesNamed, whoMigrates } from '../role-names.ts'

const defaultTargets = ['tables', 'sequences', 'functions', 'types', 'schemas', 'large objects'] as const

/**
 * What one role may do with objects that another will make (docs ALTER DEFAULT PRIVILEGES). Its name is that of the
 * role, as in a grant.
 */
export interface DefaultPrivileges extends Rights {
  readonly kind: 'default privileges'
  readonly objects: (typeof defaultTargets)[number]
  /** The role whose new objects are meant. */
  readonly maker: string
  /** Where they are made; null: anywhere. */
  readonly schema: ObjectId | null
}

export const isDefaultPrivileges = (object: ObjectBase): object is DefaultPrivileges =>
  object.kind === 'default privileges'

const isTarget = isOneOf(defaultTargets)

const sql: RightsSql<DefaultPrivileges> = {
  give: (rights, schema, privileges, grantable) =>
    `${head(rights, schema)} GRANT ${privileges.join(', ')} ON ${rights.objects.toUpperCase()} TO ${roleSql(rights.name)}${grantable ? ' WITH GRANT OPTION' : ''}`,
  take: (rights, schema, privileges, grantable) =>
    `${head(rights, schema)} REVOKE ${grantable ? 'GRANT OPTION FOR ' : ''}${privileges.join(', ')} ON ${rights.objects.toUpperCase()} FROM ${roleSql(rights.name)}`,
  isOwner: (rights) => rights.name === rights.maker,
}

export const defaultPrivilegesKind: Kind<DefaultPrivileges> = {
  name: 'default privileges',
  label: 'Default privileges',
  plural: 'Default privileges',
  icon: 'lock-keyhole-open',
  order: 99,
  parents: [],
  nameScope: 'kind',
  informal: true,
  fields: {
    name: {
      label: 'Role',
      editor: { type: 'name' },
      valid: isText,
      alter: 'replace',
      sample: ['Two "Words" 🐘', 'reader'],
    },
    objects: {
      label: 'On new',
      editor: { type: 'choice', options: defaultTargets.map((value) => ({ value, label: value })) },
      valid: isTarget,
      alter: 'replace',
      sample: ['sequences', 'tables'],
    },
    maker: {
      label: 'Made by',
      editor: { type: 'text', placeholder: whoMigrates },
      valid: isText,
      alter: 'replace',
      sample: ['Two "Words" 🐘', whoMigrates],
    },
    schema: {
      label: 'In schema',
      editor: { type: 'object', kinds: ['schema'], optional: true },
      valid: isTextOrNull,
      alter: 'replace',
      sample: ['schema', null],
      references: optionalReference,
    },
    ...rightsFields(sql, {
      privileges: [['SELECT', 'UPDATE'], ['SELECT']],
      grantable: [['SELECT'], []],
      revoked: [],
    }),
    comment: noComment,
  },
  sample: {
    id: 'default privileges',
    kind: 'default privileges',
    parent: null,
    name: 'reader',
    comment: null,
    objects: 'tables',
    maker: whoMigrates,
    schema: null,
    privileges: ['SELECT'],
    grantable: [],
    revoked: [],
  },
  identity: ({ name, objects, maker, schema: place }, schema) =>
    `${objects} by ${maker} in ${place === null ? 'any schema' : (schema.get(place)?.name ?? place)} to ${name}`,
  create: (rights, schema) => giveRights(rights, schema, sql),
  drop: (rights, schema) => takeRights(rights, schema, sql),
  withhold: (rights, made, schema, wanted) =>
    appliesTo(rights, made, schema) ? withheld(rights, made, schema, wanted) : [],
  dependsOn: ({ name, maker }, schema) => rolesNamed([name, maker], schema),
  catalog: {
    // Of one schema they only ever add to what is given anywhere.
    some: anyRows('pg_default_acl'),
    query: `
      select 'u' || o.oid || '.' || e.grantee as id, ${roleNameSql('e.grantee')} as name, o.target, o.maker, o.schema,
             ${rightsColumns}
      from (
        select d.oid, '' as suffix, d.defaclacl as acl, ${roleNameSql('d.defaclrole')} as maker, 'n' || n.oid as schema,
               case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                 when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end as target,
               case when d.defaclnamespace = 0 then acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole)
                 else acldefault('c', d.defaclrole) end as base
        from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace) o, ${rightsOfHolder}
      where ($1::oid[] is null or o.oid <> all ('{}') or o.oid = any ($1))
      group by o.oid, o.target, o.maker, o.schema, e.grantee
      order by o.target, o.oid, e.grantee`,
    read: (row) => {
      const objects = row.text('target')
      return {
        id: row.text('id'),
        kind: 'default privileges',
        parent: null,
        name: row.text('name'),
        comment: null,
        objects: isTarget(objects) ? objects : 'large objects',
        maker: row.text('maker'),
        schema: row.textOrNull('schema'),
        privileges: row.textsOrNone('privileges'),
        grantable: row.textsOrNone('grantable'),
        revoked: row.textsOrNone('revoked'),
      }
    },
  },
}

function head(rights: DefaultPrivileges, schema: Schema): string {
  const maker = rights.maker === whoMigrates ? '' : ` FOR ROLE ${roleSql(rights.maker)}`
  const place = rights.schema === null ? '' : ` IN SCHEMA ${quoteName(schema.get(rights.schema)?.name ?? '')}`
  return `ALTER DEFAULT PRIVILEGES${maker}${place}`
}

/** The objects meant, by the word that GRANT has for them. */
const targetsByWord: Readonly<Record<string, DefaultPrivileges['objects']>> = {
  TABLE: 'tables',
  SEQUENCE: 'sequences',
  FUNCTION: 'functions',
  PROCEDURE: 'functions',
  TYPE: 'types',
  SCHEMA: 'schemas',
}

function appliesTo(rights: DefaultPrivileges, made: ObjectBase, schema: Schema): boolean {
  if (rights.maker !== whoMigrates || !grantableKinds.includes(made.kind)) return false
  if (rights.schema !== null && rights.schema !== made.parent) return false
  const [word = ''] = grantTarget(made, schema).split(' ', 1)
  return targetsByWord[word] === rights.objects
}

/** From what the new object has by these default privileges to what it keeps of them. */
function withheld(
  rights: DefaultPrivileges,
  made: ObjectBase,
  schema: Schema,
  wanted: Schema,
): readonly Statement[] {
  const grant = wanted.childrenOf(made.id, isGrant).find(({ name }) => name === rights.name)
  const kept = (given: readonly string[], asked: readonly string[] = []) =>
    given.filter((privilege) => asked.includes(privilege))
  const { privileges, grantable, revoked } = rights
  const from: Grant = {
    ...grantKind.sample,
    id: made.id,
    parent: made.id,
    name: rights.name,
    privileges,
    grantable,
    revoked,
  }
  const to: Grant = {
    ...from,
    privileges: kept(privileges, grant?.privileges),
    grantable: kept(grantable, grant?.grantable),
    revoked: kept(revoked, grant?.revoked),
  }
  return [grantKind.fields.privileges, grantKind.fields.grantable, grantKind.fields.revoked].flatMap(
    ({ alter }) => {
      const statements = alter === 'replace' ? 'replace' : alter.statements(from, to, schema)
      return statements === 'replace' ? [] : statements
    },
  )
}
