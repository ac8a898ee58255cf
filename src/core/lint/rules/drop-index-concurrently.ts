import { textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** ACCESS EXCLUSIVE on the table of the index (docs DROP INDEX). */
export const dropIndexConcurrently: StatementRule = {
  code: 'drop-index-concurrently',
  message: 'Nobody can read or write the table until the transaction ends.',
  fix: 'DROP INDEX CONCURRENTLY, in a file without a transaction.',
  applies: ({ type, node }) =>
    type === 'DropStmt' && textAt(node, 'removeType') === 'OBJECT_INDEX' && node.concurrent !== true,
  examples: {
    bad: ['DROP INDEX i'],
    good: ['DROP INDEX CONCURRENTLY i', 'DROP TABLE t'],
  },
}
