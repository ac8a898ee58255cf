import { relationName } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** The lock of the change of the schema lasts through the change of the rows. */
export const rowsInSchemaTransaction: StatementRule = {
  code: 'rows-in-schema-transaction',
  message: 'It changes rows while the transaction holds the lock of a change of the schema.',
  fix: 'Change rows in a migration of its own.',
  applies: ({ type, node }, { inTransaction, isInUse }) =>
    (type === 'UpdateStmt' || type === 'DeleteStmt') &&
    isInUse(relationName(node)) &&
    inTransaction.some((other) => other.type === 'AlterTableStmt' && isInUse(relationName(other.node))),
  examples: {
    bad: ['BEGIN; ALTER TABLE t ADD a int; UPDATE t SET a = 1 WHERE b; COMMIT'],
    good: ['ALTER TABLE t ADD a int; UPDATE t SET a = 1 WHERE b'],
  },
}
