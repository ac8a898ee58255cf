import { nodeAt, relationName } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** One statement over all rows holds all their locks and leaves as many dead rows. */
export const everyRow: StatementRule = {
  code: 'every-row',
  message: 'It changes every row in one statement, whose locks last to its end.',
  fix: 'Change rows in batches, outside a transaction.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'TruncateStmt' ||
    ((type === 'UpdateStmt' || type === 'DeleteStmt') &&
      isInUse(relationName(node)) &&
      nodeAt(node, 'whereClause') === null &&
      nodeAt(node, 'withClause') === null),
  examples: {
    bad: ['UPDATE t SET a = 1', 'DELETE FROM t', 'TRUNCATE t'],
    good: ['UPDATE t SET a = 1 WHERE id < 1000'],
  },
}
