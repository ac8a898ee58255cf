import { someOwners } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { aggregateTarget, isAggregate } from '../aggregate/aggregate.kind.ts'
import { isText, noComment } from '../fields.ts'
import { isGrant } from '../grant/grant.kind.ts'
import type { Kind } from '../kind.ts'
import { rolesNamed } from '../role-names.ts'
import { called, type SqlTargets, sqlTargets } from '../sql-targets.ts'
import { owned } from './owner.catalog.ts'

/**
 * The role that what it lives in belongs to (docs 5.8), where that is not whoever runs the migration. Its name is that
 * of the role.
 */
export interface Owner extends ObjectBase {
  readonly kind: 'owner'
}

export const isOwner = (object: ObjectBase): object is Owner => object.kind === 'owner'

/** What follows ALTER, by kind. */
const targets: SqlTargets = {
  ...sqlTargets,
  view: called('VIEW'),
  'materialized view': called('MATERIALIZED VIEW'),
  domain: called('DOMAIN'),
  aggregate: (object, schema) => (isAggregate(object) ? aggregateTarget(object, schema) : ''),
  collation: called('COLLATION'),
  statistics: called('STATISTICS'),
  'text search dictionary': called('TEXT SEARCH DICTIONARY'),
  'text search configuration': called('TEXT SEARCH CONFIGURATION'),
  'event trigger': (object) => `EVENT TRIGGER ${quoteName(object.name)}`,
}

export const ownerKind: Kind<Owner> = {
  name: 'owner',
  label: 'Owner',
  plural: 'Owners',
  icon: 'user-round',
  // Rights are given by the owner.
  order: 94,
  parents: Object.keys(targets),
  nameScope: 'kind',
  informal: true,
  // There is one at most.
  identity: () => '',
  fields: {
    name: {
      label: 'Role',
      editor: { type: 'name' },
      valid: isText,
      alter: 'replace',
      sample: ['Two "Words" 🐘', 'reader'],
    },
    comment: noComment,
  },
  sample: { id: 'owner', kind: 'owner', parent: 'accounts table', name: 'reader', comment: null },
  create: (owner, schema) => [giveTo(owner, quoteName(owner.name), schema)],
  drop: (owner, schema) => [giveTo(owner, 'CURRENT_USER', schema)],
  // Rights that its role had before it came to own the object would go with it.
  dependsOn: (owner, schema) => [
    ...rolesNamed([owner.name], schema),
    ...(schema.get(owner.id) ? [] : schema.childrenOf(owner.parent, isGrant).map(({ id }) => id)),
  ],
  catalog: {
    some: someOwners,
    query: `
      select 'o' || o.oid || '.' || o.key as id, o.key as parent, pg_get_userbyid(o.owner) as name
      from (${owned}) o
      where pg_get_userbyid(o.owner) not in (current_user, 'pg_database_owner') and ($1::oid[] is null or o.oid = any ($1))
      order by o.key`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'owner',
      parent: row.text('parent'),
      name: row.text('name'),
      comment: null,
    }),
  },
}

function giveTo(owner: Owner, role: string, schema: Schema): Statement {
  const holder = schema.get(owner.parent ?? '')
  const target = holder && targets[holder.kind]
  if (!holder || !target) throw new Error(`No object ${owner.parent} that has an owner`)
  return statement(owner, `ALTER ${target(holder, schema)} OWNER TO ${role}`)
}
