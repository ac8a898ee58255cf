import type { ParsedStatement } from '../../sql/split.ts'
import { alterCommands } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

function has({ type, node }: ParsedStatement, subtype: string): boolean {
  return type === 'AlterTableStmt' && alterCommands(node).some((command) => command.subtype === subtype)
}

/** The strong lock of ADD CONSTRAINT would last through the scan of VALIDATE. */
export const validateApart: StatementRule = {
  code: 'validate-apart',
  message: 'The lock of adding the constraint is held while every row is checked.',
  fix: 'VALIDATE it in a transaction of its own.',
  applies: (statement, { inTransaction }) =>
    has(statement, 'AT_ValidateConstraint') && inTransaction.some((other) => has(other, 'AT_AddConstraint')),
  examples: {
    bad: [
      'BEGIN; ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT k; COMMIT',
    ],
    good: ['ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT k'],
  },
}
