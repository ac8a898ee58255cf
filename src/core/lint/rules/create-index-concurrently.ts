import { relationName } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** SHARE locks of an index build (docs CREATE INDEX, "Building Indexes Concurrently"). */
export const createIndexConcurrently: StatementRule = {
  code: 'create-index-concurrently',
  message: 'Nobody can write to the table while the index is built.',
  fix: 'CREATE INDEX CONCURRENTLY, in a file without a transaction.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'IndexStmt' && node.concurrent !== true && isInUse(relationName(node)),
  examples: {
    bad: ['CREATE INDEX i ON t (a)'],
    good: ['CREATE INDEX CONCURRENTLY i ON t (a)', 'CREATE TABLE t (a int); CREATE INDEX i ON t (a)'],
  },
}
