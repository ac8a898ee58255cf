import { alterCommands, relationName, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** An exclusion constraint has no form that others do not notice. */
export const excludeOnUsedTable: StatementRule = {
  code: 'exclude-on-used-table',
  message: 'Nobody can read or write the table while the index is built, and there is no other way.',
  fix: 'Make a new table with it, or choose a quiet time.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'AlterTableStmt' &&
    isInUse(relationName(node)) &&
    alterCommands(node).some(
      ({ subtype, definition }) =>
        subtype === 'AT_AddConstraint' &&
        definition !== null &&
        textAt(definition, 'contype') === 'CONSTR_EXCLUSION' &&
        definition.skip_validation !== true,
    ),
  examples: {
    bad: ['ALTER TABLE t ADD EXCLUDE USING gist (a WITH &&)'],
    good: ['CREATE TABLE t (a int4range); ALTER TABLE t ADD EXCLUDE USING gist (a WITH &&)'],
  },
}
