import type { ParsedStatement } from '../../sql/split.ts'
import { listAt, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** Drops what an earlier run may have left, also an index that is not valid. */
function clears({ type, node }: ParsedStatement, name: string | null): boolean {
  if (type !== 'DropStmt' || node.missing_ok !== true) return false
  return listAt(node, 'objects').some((object) => {
    const last = listAt(object.node, 'items').at(-1)
    return last !== undefined && textAt(last.node, 'sval') === name
  })
}

/** Outside a transaction what is done stays done when a later statement fails. */
export const runAgain: StatementRule = {
  code: 'run-again',
  message: 'Where a later statement fails, the file cannot run again: this is done already.',
  fix: 'IF NOT EXISTS, or IF EXISTS.',
  applies: ({ type, node, transaction }, { before }) => {
    if (transaction !== null || node.concurrent !== true) return false
    if (type === 'DropStmt') return node.missing_ok !== true
    const name = textAt(node, 'idxname')
    return type === 'IndexStmt' && node.if_not_exists !== true && !before.some((other) => clears(other, name))
  },
  examples: {
    bad: ['CREATE INDEX CONCURRENTLY i ON t (a)', 'DROP INDEX CONCURRENTLY i'],
    good: [
      'DROP INDEX CONCURRENTLY IF EXISTS s.i; CREATE INDEX CONCURRENTLY i ON s.t (a)',
      'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)',
      'DROP INDEX CONCURRENTLY IF EXISTS i',
    ],
  },
}
