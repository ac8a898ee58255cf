import type { ParsedStatement } from '../../sql/split.ts'
import { relationName, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

function waits({ type, node }: ParsedStatement): boolean {
  const locks = ['AlterTableStmt', 'CreateTrigStmt', 'RenameStmt', 'IndexStmt']
  return locks.includes(type) && node.concurrent !== true
}

function setsTimeout({ type, node }: ParsedStatement): boolean {
  return type === 'VariableSetStmt' && textAt(node, 'name') === 'lock_timeout'
}

/** A statement that waits for a lock makes everybody wait behind it. */
export const lockTimeout: StatementRule = {
  code: 'lock-timeout',
  message: 'While it waits for its lock, all others that want the table wait behind it.',
  fix: "SET LOCAL lock_timeout = '2s' first, and try again.",
  // Said once: one setting at the beginning is enough.
  applies: (statement, { before, isInUse }) =>
    waits(statement) &&
    isInUse(relationName(statement.node)) &&
    !before.some((other) => (waits(other) && isInUse(relationName(other.node))) || setsTimeout(other)),
  examples: {
    bad: ['ALTER TABLE t ADD a int', 'CREATE INDEX i ON t (a)'],
    good: [
      `SET LOCAL lock_timeout = '2s'; ALTER TABLE t ADD a int`,
      'CREATE TABLE t (); ALTER TABLE t ADD a int',
      'CREATE INDEX CONCURRENTLY i ON t (a)',
    ],
  },
}
