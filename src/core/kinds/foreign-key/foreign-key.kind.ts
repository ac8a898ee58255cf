import type { ObjectBase, ObjectId } from '../../model/object.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import {
  alterTable,
  constraintCommentField,
  constraintNameField,
  type Deferral,
  deferralClause,
  deferralField,
  dropConstraint,
  removeConstraint,
} from '../constraint.ts'
import { isFlag, isOneOf, isText, isTexts, listOfReferences, oneReference } from '../fields.ts'
import type { Field, Kind } from '../kind.ts'
import { foreignKeyCatalog } from './foreign-key.catalog.ts'
import { addForeignKey, foreignKeyClause, referencedKeys } from './foreign-key.ddl.ts'

export const referentialActions = ['no action', 'restrict', 'cascade', 'set null', 'set default'] as const
export type ReferentialAction = (typeof referentialActions)[number]

/** A foreign key constraint (docs 5.5.5). Column lists pair by position. */
export interface ForeignKey extends ObjectBase {
  readonly kind: 'foreign key'
  readonly columns: readonly ObjectId[]
  readonly referencedTable: ObjectId
  readonly referencedColumns: readonly ObjectId[]
  readonly onUpdate: ReferentialAction
  readonly onDelete: ReferentialAction
  /** ON DELETE SET NULL / SET DEFAULT (columns); empty means all. */
  readonly onDeleteColumns: readonly ObjectId[]
  readonly match: 'simple' | 'full'
  readonly deferral: Deferral
  readonly notValid: boolean
}

export const isForeignKey = (object: ObjectBase): object is ForeignKey => object.kind === 'foreign key'

function actionField(label: string): Field<ForeignKey, ReferentialAction> {
  const options = referentialActions.map((value) => ({ value, label: value.toUpperCase() }))
  return {
    label,
    editor: { type: 'choice', options },
    valid: isOneOf(referentialActions),
    alter: 'replace',
    sample: ['restrict', 'cascade', 'set null', 'set default', 'no action'],
  }
}

export const foreignKeyKind: Kind<ForeignKey> = {
  name: 'foreign key',
  label: 'Foreign key',
  plural: 'Foreign keys',
  icon: 'link-2',
  order: 70,
  parents: ['table'],
  fields: {
    name: constraintNameField(),
    columns: {
      label: 'Columns',
      editor: { type: 'columns' },
      valid: isTexts,
      alter: 'replace',
      sample: [['included column']],
      references: listOfReferences,
    },
    referencedTable: {
      label: 'References',
      editor: { type: 'object', kinds: ['table'] },
      valid: isText,
      alter: 'replace',
      sample: [],
      references: oneReference,
    },
    referencedColumns: {
      label: 'Referenced columns',
      editor: { type: 'columns', of: 'referencedTable' },
      valid: isTexts,
      alter: 'replace',
      sample: [['account code column']],
      references: listOfReferences,
    },
    onUpdate: actionField('On update'),
    onDelete: actionField('On delete'),
    onDeleteColumns: {
      label: 'Columns set on delete',
      editor: { type: 'columns' },
      valid: isTexts,
      alter: 'replace',
      sample: [],
      references: listOfReferences,
    },
    match: {
      label: 'Match',
      editor: {
        type: 'choice',
        options: [
          { value: 'simple', label: 'Simple' },
          { value: 'full', label: 'Full' },
        ],
      },
      valid: isOneOf(['simple', 'full']),
      alter: 'replace',
      sample: ['full', 'simple'],
    },
    deferral: deferralField({
      statements: (from, to, schema) => [
        alterTable(
          from,
          schema,
          `ALTER CONSTRAINT ${quoteName(from.name)}${deferralClause(to.deferral) || ' NOT DEFERRABLE'}${
            to.deferral === 'deferrable' ? ' INITIALLY IMMEDIATE' : ''
          }`,
        ),
      ],
    }),
    notValid: {
      label: 'Not valid',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: {
        verb: () => 'Validate',
        statements: (from, to, schema) =>
          to.notValid ? 'replace' : [alterTable(from, schema, `VALIDATE CONSTRAINT ${quoteName(from.name)}`)],
        hazards: (from, to, schema) =>
          to.notValid
            ? []
            : [{ code: 'may-fail', message: orphans(from, qualifiedNameOf(from.referencedTable, schema)) }],
      },
      sample: [true, false],
    },
    comment: constraintCommentField(),
  },
  sample: {
    id: 'foreign key',
    kind: 'foreign key',
    parent: 'table',
    name: 'contacts_account_id_fkey',
    comment: null,
    columns: ['account_id column'],
    referencedTable: 'accounts table',
    referencedColumns: ['account id column'],
    onUpdate: 'no action',
    onDelete: 'set null',
    onDeleteColumns: [],
    match: 'simple',
    deferral: 'not deferrable',
    notValid: false,
  },
  create: (key, schema) => [alterTable(key, schema, `ADD ${foreignKeyClause(key, schema)}`)],
  inline: (key, schema) => (key.notValid ? null : foreignKeyClause(key, schema)),
  drop: dropConstraint,
  dependsOn: referencedKeys,
  pinsColumns: () => 'conversion',
  createHazards: (key, schema) =>
    key.notValid
      ? []
      : [{ code: 'may-fail', message: orphans(key, qualifiedNameOf(key.referencedTable, schema)) }],
  catalog: foreignKeyCatalog,
  sequelize: { create: addForeignKey, drop: removeConstraint },
}

function orphans(key: ForeignKey, table: string): string {
  return `Stops when a row points to one that is not in ${table} (${key.name}).`
}
