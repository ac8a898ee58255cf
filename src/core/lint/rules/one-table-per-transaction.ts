import type { ParsedStatement } from '../../sql/split.ts'
import { relationName } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

function strongLock({ type, node }: ParsedStatement): string | null {
  return type === 'AlterTableStmt' || type === 'CreateTrigStmt' ? relationName(node) : null
}

/** Locks are held to the end of the transaction; two of them in another order than others take them are a deadlock. */
export const oneTablePerTransaction: StatementRule = {
  code: 'one-table-per-transaction',
  message: 'The transaction locks several tables in use, one of them while it works on another.',
  fix: 'One table per transaction.',
  applies: (statement, { inTransaction, isInUse }) => {
    const table = strongLock(statement)
    if (table === null || !isInUse(table)) return false
    const others = inTransaction.map(strongLock).filter((other) => other !== null && isInUse(other))
    return others.length > 0 && !others.includes(table)
  },
  examples: {
    bad: ['BEGIN; ALTER TABLE a ADD x int; ALTER TABLE b ADD x int; COMMIT'],
    good: [
      'ALTER TABLE a ADD x int; ALTER TABLE b ADD x int',
      'BEGIN; ALTER TABLE a ADD x int; ALTER TABLE a ADD y int; COMMIT',
    ],
  },
}
