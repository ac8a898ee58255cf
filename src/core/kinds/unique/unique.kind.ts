import { someRows } from '../../catalog/some-rows.ts'
import { sameValue } from '../../model/equality.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import {
  alterTable,
  constraintCommentField,
  constraintNameField,
  type Deferral,
  deferralField,
  dropConstraint,
  removeConstraint,
} from '../constraint.ts'
import { isFlag } from '../fields.ts'
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
import { isPrimaryKey } from '../primary-key/primary-key.kind.ts'

/** A unique constraint (docs 5.5.3). */
export interface Unique extends ObjectBase {
  readonly kind: 'unique'
  readonly columns: readonly ObjectId[]
  readonly include: readonly ObjectId[]
  readonly nullsNotDistinct: boolean
  readonly deferral: Deferral
}

export const isUnique = (object: ObjectBase): object is Unique => object.kind === 'unique'

export const uniqueKind: Kind<Unique> = {
  name: 'unique',
  label: 'Unique',
  plural: 'Unique constraints',
  icon: 'fingerprint',
  order: 61,
  parents: ['table'],
  fields: {
    name: constraintNameField(),
    columns: keyColumnsField([['included column'], ['email column', 'id column']]),
    nullsNotDistinct: {
      label: 'Nulls are equal',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: 'replace',
      sample: [true, false],
    },
    include: includeField(),
    deferral: deferralField('replace'),
    comment: constraintCommentField(),
  },
  sample: {
    id: 'unique',
    kind: 'unique',
    parent: 'table',
    name: 'contacts_email_key',
    comment: null,
    columns: ['email column'],
    include: [],
    nullsNotDistinct: false,
    deferral: 'not deferrable',
  },
  create: (unique, schema) => [alterTable(unique, schema, `ADD ${clause(unique, schema)}`)],
  inline: (unique, schema) => (isRepeated(unique, schema) ? null : clause(unique, schema)),
  drop: dropConstraint,
  createHazards: duplicatesStop,
  catalog: {
    some: someRows('pg_constraint', 'conrelid', `contype = 'u'`),
    query: keyCatalogQuery('u'),
    read: (row) => ({ ...readKey(row), kind: 'unique', nullsNotDistinct: row.flag('nulls_not_distinct') }),
  },
  sequelize: {
    create: (unique, schema) => (unique.nullsNotDistinct ? null : addKey(unique, 'unique', schema)),
    drop: removeConstraint,
  },
}

function clause(unique: Unique, schema: Schema): string {
  return keyClause(unique, unique.nullsNotDistinct ? 'UNIQUE NULLS NOT DISTINCT' : 'UNIQUE', schema)
}

/** Of keys with the same columns CREATE TABLE makes only one (transformIndexConstraints in parse_utilcmd.c). */
function isRepeated({ id, parent, columns, include }: Unique, schema: Schema): boolean {
  return schema
    .children(parent)
    .some(
      (key) =>
        key.id !== id &&
        (isUnique(key) || isPrimaryKey(key)) &&
        sameValue(key.columns, columns) &&
        sameValue(key.include, include),
    )
}
