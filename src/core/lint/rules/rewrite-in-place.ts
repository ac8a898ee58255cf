import { alterCommands, listAt, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** VACUUM FULL, CLUSTER and SET LOGGED or UNLOGGED write the table anew. */
export const rewriteInPlace: StatementRule = {
  code: 'rewrite-in-place',
  message: 'The whole table is written anew while nobody can read or write it.',
  fix: 'Leave it out of the migration; choose a quiet time.',
  applies: ({ type, node }) =>
    type === 'ClusterStmt' ||
    (type === 'VacuumStmt' &&
      listAt(node, 'options').some((option) => textAt(option.node, 'defname') === 'full')) ||
    (type === 'AlterTableStmt' &&
      alterCommands(node).some(({ subtype }) => subtype === 'AT_SetLogged' || subtype === 'AT_SetUnLogged')),
  examples: {
    bad: ['VACUUM FULL t', 'CLUSTER t USING i', 'ALTER TABLE t SET UNLOGGED'],
    good: ['VACUUM t'],
  },
}
