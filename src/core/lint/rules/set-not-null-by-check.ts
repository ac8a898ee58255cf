import type { ParsedStatement } from '../../sql/split.ts'
import { alterCommands, relationName } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

function validates({ type, node }: ParsedStatement, table: string | null): boolean {
  return (
    type === 'AlterTableStmt' &&
    relationName(node) === table &&
    alterCommands(node).some(({ subtype }) => subtype === 'AT_ValidateConstraint')
  )
}

/** Since PostgreSQL 12 a validated CHECK (column IS NOT NULL) spares the scan (docs ALTER TABLE, SET NOT NULL). */
export const setNotNullByCheck: StatementRule = {
  code: 'set-not-null-by-check',
  message: 'Nobody can read or write the table while every row is looked at for a null.',
  fix: 'Add CHECK (column IS NOT NULL) NOT VALID, VALIDATE it, then SET NOT NULL.',
  applies: ({ type, node }, { isInUse, before }) => {
    const table = relationName(node)
    return (
      type === 'AlterTableStmt' &&
      isInUse(table) &&
      alterCommands(node).some(({ subtype }) => subtype === 'AT_SetNotNull') &&
      !before.some((other) => validates(other, table))
    )
  },
  examples: {
    bad: ['ALTER TABLE t ALTER a SET NOT NULL'],
    good: [
      'ALTER TABLE t ADD CONSTRAINT k CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT k; ALTER TABLE t ALTER a SET NOT NULL',
    ],
  },
}
