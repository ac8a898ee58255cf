import { alterCommands, constraintsOf, relationName, typeOf } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** Rows that are there have no value, and code that was written before gives none. */
export const requiredColumn: StatementRule = {
  code: 'required-column',
  message: 'It fails where the table has rows, and so do inserts of running code.',
  fix: 'Add it nullable or with a constant default; fill it; then make it NOT NULL.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'AlterTableStmt' &&
    isInUse(relationName(node)) &&
    alterCommands(node).some(({ subtype, definition }) => {
      if (subtype !== 'AT_AddColumn' || !definition || /serial/.test(typeOf(definition))) return false
      const constraints = constraintsOf(definition)
      const isFilled = ['CONSTR_DEFAULT', 'CONSTR_IDENTITY', 'CONSTR_GENERATED'].some((name) =>
        constraints.has(name),
      )
      return !isFilled && (constraints.has('CONSTR_NOTNULL') || constraints.has('CONSTR_PRIMARY'))
    }),
  examples: {
    bad: ['ALTER TABLE t ADD a int NOT NULL'],
    good: ['ALTER TABLE t ADD a int', 'ALTER TABLE t ADD a int NOT NULL DEFAULT 0'],
  },
}
