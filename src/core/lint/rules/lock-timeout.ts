import { relationName, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** A statement that waits for a lock makes everybody wait behind it. */
export const lockTimeout: StatementRule = {
  code: 'lock-timeout',
  message: 'While it waits for its lock, all others that want the table wait behind it.',
  fix: "SET LOCAL lock_timeout = '2s' first, and try again.",
  applies: ({ type, node }, { before, isInUse }) =>
    (type === 'AlterTableStmt' ||
      type === 'CreateTrigStmt' ||
      type === 'RenameStmt' ||
      type === 'IndexStmt') &&
    node.concurrent !== true &&
    isInUse(relationName(node)) &&
    !before.some(
      (other) => other.type === 'VariableSetStmt' && textAt(other.node, 'name') === 'lock_timeout',
    ),
  examples: {
    bad: ['ALTER TABLE t ADD a int', 'CREATE INDEX i ON t (a)'],
    good: [
      `SET LOCAL lock_timeout = '2s'; ALTER TABLE t ADD a int`,
      'CREATE TABLE t (); ALTER TABLE t ADD a int',
      'CREATE INDEX CONCURRENTLY i ON t (a)',
    ],
  },
}
