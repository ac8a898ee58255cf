import { alterCommands, relationName, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** SHARE ROW EXCLUSIVE on both tables while every row is checked (docs ALTER TABLE). */
export const foreignKeyNotValid: StatementRule = {
  code: 'foreign-key-not-valid',
  message: 'Nobody can write to either table while every row is checked.',
  fix: 'Add it NOT VALID, and VALIDATE it in another transaction.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'AlterTableStmt' &&
    isInUse(relationName(node)) &&
    alterCommands(node).some(
      ({ subtype, definition }) =>
        subtype === 'AT_AddConstraint' &&
        definition !== null &&
        textAt(definition, 'contype') === 'CONSTR_FOREIGN' &&
        definition.skip_validation !== true,
    ),
  examples: {
    bad: ['ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r'],
    good: [
      'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r NOT VALID',
      'CREATE TABLE t (a int); ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r',
    ],
  },
}
