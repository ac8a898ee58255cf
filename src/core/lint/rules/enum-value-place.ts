import { textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** Without a place a label comes last, which is also its place in ORDER BY. */
export const enumValuePlace: StatementRule = {
  code: 'enum-value-place',
  message: 'The label comes last in the order of the type.',
  fix: 'ADD VALUE … BEFORE or AFTER a label.',
  applies: ({ type, node }) =>
    type === 'AlterEnumStmt' && textAt(node, 'newVal') !== null && textAt(node, 'newValNeighbor') === null,
  examples: {
    bad: [`ALTER TYPE e ADD VALUE 'x'`],
    good: [`ALTER TYPE e ADD VALUE 'x' AFTER 'a'`],
  },
}
