import { alterCommands, relationName, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** ACCESS EXCLUSIVE while every row is checked. */
export const checkNotValid: StatementRule = {
  code: 'check-not-valid',
  message: 'Nobody can read or write the table while every row is checked.',
  fix: 'Add it NOT VALID, and VALIDATE it in another transaction.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'AlterTableStmt' &&
    isInUse(relationName(node)) &&
    alterCommands(node).some(
      ({ subtype, definition }) =>
        subtype === 'AT_AddConstraint' &&
        definition !== null &&
        textAt(definition, 'contype') === 'CONSTR_CHECK' &&
        definition.skip_validation !== true,
    ),
  examples: {
    bad: ['ALTER TABLE t ADD CHECK (a > 0)'],
    good: ['ALTER TABLE t ADD CHECK (a > 0) NOT VALID'],
  },
}
