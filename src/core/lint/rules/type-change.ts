import { alterCommands, nodeAt, relationName, typeOf } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** Most changes of a type write the table anew; a few do not (docs ALTER TABLE, notes). */
export const typeChange: StatementRule = {
  code: 'type-change',
  message: 'The whole table may be written anew while nobody can read or write it.',
  fix: 'Add a column of the new type, keep both in step, fill it in batches, then swap.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'AlterTableStmt' &&
    isInUse(relationName(node)) &&
    alterCommands(node).some(
      ({ subtype, definition }) =>
        subtype === 'AT_AlterColumnType' &&
        definition !== null &&
        !(typeOf(definition) === 'text' && nodeAt(definition, 'raw_default') === null),
    ),
  examples: {
    bad: ['ALTER TABLE t ALTER a TYPE bigint', 'ALTER TABLE t ALTER a TYPE text USING upper(a)'],
    good: ['ALTER TABLE t ALTER a TYPE text'],
  },
}
