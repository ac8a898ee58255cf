import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { aggregateTarget, isAggregate } from '../aggregate/aggregate.kind.ts'
import { isText, noComment } from '../fields.ts'
import { functionTarget } from '../function/function.ddl.ts'
import { isFunction } from '../function/function.kind.ts'
import { isGrant } from '../grant/grant.kind.ts'
import type { Kind } from '../kind.ts'
import { rolesNamed } from '../role-names.ts'
import { owned } from './owner.catalog.ts'

/**
 * The role that what it lives in belongs to (docs 5.8), where that is not whoever runs the migration. Its name is that
 * of the role.
 */
export interface Owner extends ObjectBase {
  readonly kind: 'owner'
}

export const isOwner = (object: ObjectBase): object is Owner => object.kind === 'owner'

type Target = (object: ObjectBase, schema: Schema) => string

const called =
  (word: string): Target =>
  (object, schema) =>
    `${word} ${qualifiedName(object, schema)}`

/** What follows ALTER, by kind. */
const targets: Readonly<Record<string, Target>> = {
  schema: (object) => `SCHEMA ${quoteName(object.name)}`,
  table: called('TABLE'),
  partition: called('TABLE'),
  view: called('VIEW'),
  'materialized view': called('MATERIALIZED VIEW'),
  sequence: called('SEQUENCE'),
  enum: called('TYPE'),
  domain: called('DOMAIN'),
  'composite type': called('TYPE'),
  'range type': called('TYPE'),
  function: (object, schema) => (isFunction(object) ? functionTarget(object, schema) : ''),
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
