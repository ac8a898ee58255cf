import { alterCommands, listAt, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** REINDEX, REFRESH and DETACH have forms that let others go on. */
export const blockingMaintenance: StatementRule = {
  code: 'blocking-maintenance',
  message: 'Nobody can use what it works on until it is done.',
  fix: 'Its form with CONCURRENTLY, in a file without a transaction.',
  applies: ({ type, node }) => {
    if (type === 'ReindexStmt') {
      return !listAt(node, 'params').some((option) => textAt(option.node, 'defname') === 'concurrently')
    }
    if (type === 'RefreshMatViewStmt') return node.concurrent !== true
    return (
      type === 'AlterTableStmt' &&
      alterCommands(node).some(
        ({ subtype, definition }) => subtype === 'AT_DetachPartition' && definition?.concurrent !== true,
      )
    )
  },
  examples: {
    bad: ['REINDEX INDEX i', 'REFRESH MATERIALIZED VIEW m', 'ALTER TABLE p DETACH PARTITION c'],
    good: [
      'REINDEX INDEX CONCURRENTLY i',
      'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
      'ALTER TABLE p DETACH PARTITION c CONCURRENTLY',
    ],
  },
}
