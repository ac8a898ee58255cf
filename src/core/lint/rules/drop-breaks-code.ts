import { alterCommands, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** What is dropped is lost, and code that runs may still use it. */
export const dropBreaksCode: StatementRule = {
  code: 'drop-breaks-code',
  message: 'Its data is lost, and running code that uses it fails.',
  fix: 'Deploy code that does without it first, then drop it in a later migration.',
  breaksCode: true,
  applies: ({ type, node }) =>
    (type === 'DropStmt' && /^OBJECT_(TABLE|SCHEMA|MATVIEW)$/.test(textAt(node, 'removeType') ?? '')) ||
    type === 'DropdbStmt' ||
    (type === 'AlterTableStmt' && alterCommands(node).some(({ subtype }) => subtype === 'AT_DropColumn')),
  examples: {
    bad: ['DROP TABLE t', 'ALTER TABLE t DROP COLUMN a'],
    good: ['DROP INDEX CONCURRENTLY i', 'ALTER TABLE t DROP CONSTRAINT k'],
  },
}
