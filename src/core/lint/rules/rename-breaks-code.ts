import { textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** Code that runs knows the old name only. */
export const renameBreaksCode: StatementRule = {
  code: 'rename-breaks-code',
  message: 'Running code fails where it uses the old name.',
  fix: 'Add the new name beside the old one, deploy, then drop the old one; or map the name in the model.',
  breaksCode: true,
  applies: ({ type, node }) =>
    (type === 'RenameStmt' &&
      /^OBJECT_(TABLE|COLUMN|VIEW|SCHEMA|TYPE)$/.test(textAt(node, 'renameType') ?? '')) ||
    (type === 'AlterEnumStmt' && textAt(node, 'oldVal') !== null),
  examples: {
    bad: [
      'ALTER TABLE t RENAME TO u',
      'ALTER TABLE t RENAME COLUMN a TO b',
      `ALTER TYPE e RENAME VALUE 'a' TO 'b'`,
    ],
    good: ['ALTER INDEX i RENAME TO j', `ALTER TYPE e ADD VALUE 'c' AFTER 'b'`],
  },
}
