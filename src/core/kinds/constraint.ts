import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { tableTarget } from '../sequelize/target.ts'
import { qualifiedNameOf } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { type Statement, statement } from '../sql/statement.ts'
import { commentField, isOneOf, nameField } from './fields.ts'
import type { Alter, Field } from './kind.ts'
import { isTable } from './table/table.kind.ts'

/** When a constraint is checked (docs SET CONSTRAINTS). */
export const deferrals = ['not deferrable', 'deferrable', 'initially deferred'] as const
export type Deferral = (typeof deferrals)[number]

export const isDeferral = isOneOf(deferrals)

/** The catalogue's word for the deferral of `k`, an alias of pg_constraint. */
export const deferralColumn = `case when k.condeferred then 'initially deferred'
  when k.condeferrable then 'deferrable' else 'not deferrable' end as deferral`

/** What follows the constraint's definition; empty for the default. */
export function deferralClause(deferral: Deferral): string {
  if (deferral === 'not deferrable') return ''
  return deferral === 'deferrable' ? ' DEFERRABLE' : ' DEFERRABLE INITIALLY DEFERRED'
}

/** `ALTER TABLE <the constraint's table> <action>`. */
export function alterTable(constraint: ObjectBase, schema: Schema, action: string): Statement {
  return statement(constraint, `ALTER TABLE ${qualifiedNameOf(constraint.parent, schema)} ${action}`)
}

export function dropConstraint(constraint: ObjectBase, schema: Schema): readonly Statement[] {
  return [alterTable(constraint, schema, `DROP CONSTRAINT ${quoteName(constraint.name)}`)]
}

/** `removeConstraint` says exactly that. */
export function removeConstraint(constraint: ObjectBase, schema: Schema) {
  const table = tableTarget(schema.need(constraint.parent ?? '', isTable), schema)
  return [{ method: 'removeConstraint' as const, args: [table, constraint.name] }]
}

export function constraintNameField<T extends ObjectBase>(): Field<T, string> {
  return nameField(
    (constraint, newName, schema) =>
      `ALTER TABLE ${qualifiedNameOf(constraint.parent, schema)} RENAME CONSTRAINT ${quoteName(constraint.name)} TO ${newName}`,
  )
}

export function constraintCommentField<T extends ObjectBase>(): Field<T, string | null> {
  return commentField(
    (constraint, schema) =>
      `CONSTRAINT ${quoteName(constraint.name)} ON ${qualifiedNameOf(constraint.parent, schema)}`,
  )
}

export function deferralField<T extends ObjectBase>(alter: Alter<T>): Field<T, Deferral> {
  return {
    label: 'Checked',
    editor: {
      type: 'choice',
      options: [
        { value: 'not deferrable', label: 'At once' },
        { value: 'deferrable', label: 'At once, deferrable' },
        { value: 'initially deferred', label: 'At commit' },
      ],
    },
    valid: isDeferral,
    alter,
    sample: ['deferrable', 'initially deferred', 'not deferrable'],
  }
}
