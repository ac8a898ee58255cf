import { modelledHolders, someAccessLists } from '../../catalog/grantable.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { isText, noComment } from '../fields.ts'
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
import { everyone, roleNameSql, roleSql, rolesNamed, whoMigrates } from '../role-names.ts'
import { grantableKinds, grantTarget } from './grant.target.ts'

/**
 * What one role may do with the object that it lives in (docs 5.8). Its name is that of the role; `public` is everyone,
 * `CURRENT_USER` the owner, who is whoever runs the migration.
 */
export interface Grant extends Rights {
  readonly kind: 'grant'
}

export const isGrant = (object: ObjectBase): object is Grant => object.kind === 'grant'

const sql: RightsSql<Grant> = {
  give: (grant, schema, privileges, grantable) =>
    `GRANT ${privileges.join(', ')} ON ${target(grant, schema)} TO ${roleSql(grant.name)}${grantable ? ' WITH GRANT OPTION' : ''}`,
  take: (grant, schema, privileges, grantable) =>
    `REVOKE ${grantable ? 'GRANT OPTION FOR ' : ''}${privileges.join(', ')} ON ${target(grant, schema)} FROM ${roleSql(grant.name)}`,
  isOwner: (grant, schema) => grant.name === ownerOf(grant, schema),
}

export const grantKind: Kind<Grant> = {
  name: 'grant',
  label: 'Privileges',
  plural: 'Privileges',
  icon: 'lock-keyhole-open',
  order: 95,
  parents: grantableKinds,
  nameScope: 'kind',
  informal: true,
  fields: {
    name: {
      label: 'Role',
      editor: { type: 'name' },
      valid: isText,
      alter: 'replace',
      sample: [everyone, 'Two "Words" 🐘'],
    },
    ...rightsFields(sql, {
      privileges: [
        ['INSERT', 'SELECT'],
        ['SELECT', 'UPDATE (email)'],
        ['SELECT (email)', 'SELECT (id)'],
        ['SELECT'],
      ],
      grantable: [['SELECT'], []],
      revoked: [],
    }),
    comment: noComment,
  },
  sample: {
    id: 'grant',
    kind: 'grant',
    parent: 'table',
    name: 'reader',
    comment: null,
    privileges: ['SELECT'],
    grantable: [],
    revoked: [],
  },
  create: (grant, schema) => giveRights(grant, schema, sql),
  drop: (grant, schema) => takeRights(grant, schema, sql),
  // Another owner gets what the one before had, and it nothing.
  isMadeAnew: (from, to, before, after) => {
    const owners = [ownerOf(from, before), ownerOf(to, after)]
    return owners[0] !== owners[1] && owners.includes(to.name)
  },
  // The owner gives them.
  dependsOn: (grant, schema) => [
    ...rolesNamed([grant.name], schema),
    ...ownersIn(grant, schema).map(({ id }) => id),
  ],
  catalog: {
    some: someAccessLists,
    query: `
      select 'w' || o.oid || '.' || e.grantee || '.' || o.key as id, o.key as parent, ${roleNameSql('e.grantee')} as name,
             ${rightsColumns}
      from (${modelledHolders}) o, ${rightsOfHolder}
      where ($1::oid[] is null or o.oid = any ($1))
      group by o.oid, o.key, e.grantee
      order by o.key, e.grantee`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'grant',
      parent: row.text('parent'),
      name: row.text('name'),
      comment: null,
      privileges: row.textsOrNone('privileges'),
      grantable: row.textsOrNone('grantable'),
      revoked: row.textsOrNone('revoked'),
    }),
  },
}

/** The role that what a grant is on belongs to. */
function ownerOf(grant: Grant, schema: Schema): string {
  return ownersIn(grant, schema)[0]?.name ?? whoMigrates
}

/** One at most; it is known by the name of its kind, which knows this one. */
function ownersIn({ parent }: Grant, schema: Schema): readonly ObjectBase[] {
  return schema.children(parent).filter(({ kind }) => kind === 'owner')
}

function target(grant: Grant, schema: Schema): string {
  const holder = schema.get(grant.parent ?? '')
  if (!holder) throw new Error(`No object ${grant.parent}`)
  return grantTarget(holder, schema)
}
