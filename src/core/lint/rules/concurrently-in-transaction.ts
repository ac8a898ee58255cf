import type { SqlNode } from '../../sql/split.ts'
import { alterCommands, listAt, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

function isConcurrent(type: string, node: SqlNode): boolean {
  if (type === 'IndexStmt' || type === 'DropStmt') return node.concurrent === true
  if (type === 'ReindexStmt') {
    return listAt(node, 'params').some((option) => textAt(option.node, 'defname') === 'concurrently')
  }
  return (
    type === 'AlterTableStmt' &&
    alterCommands(node).some(
      ({ subtype, definition }) => subtype === 'AT_DetachPartition' && definition?.concurrent === true,
    )
  )
}

/** SQLSTATE 25001. */
export const concurrentlyInTransaction: StatementRule = {
  code: 'concurrently-in-transaction',
  message: 'PostgreSQL refuses CONCURRENTLY inside a transaction.',
  fix: 'Put it into a file of its own without a transaction.',
  applies: ({ type, node, transaction }) => transaction !== null && isConcurrent(type, node),
  examples: {
    bad: [
      'BEGIN; CREATE INDEX CONCURRENTLY i ON t (a); COMMIT',
      'BEGIN; ALTER TABLE p DETACH PARTITION c CONCURRENTLY; COMMIT',
      'BEGIN; REINDEX TABLE CONCURRENTLY t; COMMIT',
    ],
    good: ['CREATE INDEX CONCURRENTLY i ON t (a)', 'BEGIN; CREATE INDEX i ON t (a); COMMIT'],
  },
}
