import { alterCommands, relationName, textAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** The index of a UNIQUE or PRIMARY KEY is built under ACCESS EXCLUSIVE (docs ALTER TABLE, ADD table_constraint_using_index). */
export const keyByIndex: StatementRule = {
  code: 'key-by-index',
  message: 'Nobody can read or write the table while the index of the key is built.',
  fix: 'CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'AlterTableStmt' &&
    isInUse(relationName(node)) &&
    alterCommands(node).some(
      ({ subtype, definition }) =>
        subtype === 'AT_AddConstraint' &&
        definition !== null &&
        ['CONSTR_UNIQUE', 'CONSTR_PRIMARY'].includes(textAt(definition, 'contype') ?? '') &&
        textAt(definition, 'indexname') === null,
    ),
  examples: {
    bad: ['ALTER TABLE t ADD UNIQUE (a)', 'ALTER TABLE t ADD PRIMARY KEY (id)'],
    good: ['ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i'],
  },
}
