import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import {
  alterTable,
  constraintCommentField,
  constraintNameField,
  type Deferral,
  deferralField,
  dropConstraint,
  removeConstraint,
} from '../constraint.ts'
import {
  addKey,
  duplicatesStop,
  includeField,
  keyCatalogQuery,
  keyClause,
  keyColumnsField,
  readKey,
} from '../key.ts'
import type { Kind } from '../kind.ts'

/** A primary key constraint (docs 5.5.4). */
export interface PrimaryKey extends ObjectBase {
  readonly kind: 'primary key'
  readonly columns: readonly ObjectId[]
  readonly include: readonly ObjectId[]
  readonly deferral: Deferral
}

export const isPrimaryKey = (object: ObjectBase): object is PrimaryKey => object.kind === 'primary key'

export const primaryKeyKind: Kind<PrimaryKey> = {
  name: 'primary key',
  label: 'Primary key',
  plural: 'Primary keys',
  icon: 'key-round',
  order: 60,
  parents: ['table'],
  onlyOne: true,
  fields: {
    name: constraintNameField(),
    columns: keyColumnsField([['email column'], ['email column', 'id column']]),
    include: includeField(),
    deferral: deferralField('replace'),
    comment: constraintCommentField(),
  },
  sample: {
    id: 'primary key',
    kind: 'primary key',
    parent: 'table',
    name: 'contacts_pkey',
    comment: null,
    columns: ['id column'],
    include: [],
    deferral: 'not deferrable',
  },
  create: (key, schema) => [alterTable(key, schema, `ADD ${keyClause(key, 'PRIMARY KEY', schema)}`)],
  inline: (key, schema) => keyClause(key, 'PRIMARY KEY', schema),
  drop: dropConstraint,
  createHazards: duplicatesStop,
  catalog: {
    some: someRows('pg_constraint', 'conrelid', `contype = 'p'`),
    query: keyCatalogQuery('p'),
    read: (row) => ({ ...readKey(row), kind: 'primary key' }),
  },
  sequelize: {
    create: (key, schema) => addKey(key, 'primary key', schema),
    drop: removeConstraint,
  },
}
