import { alterCommands, relationName, textAt } from './parse-tree.ts'
import type { StatementRule } from './rule.ts'

/**
 * Applies to ALTER TABLE of a table in use that adds a constraint of this type (`CONSTR_CHECK`), which every row is
 * checked against at once.
 */
export function addsConstraint(type: string): StatementRule['applies'] {
  return (statement, { isInUse }) =>
    statement.type === 'AlterTableStmt' &&
    isInUse(relationName(statement.node)) &&
    alterCommands(statement.node).some(
      ({ subtype, definition }) =>
        subtype === 'AT_AddConstraint' &&
        definition !== null &&
        textAt(definition, 'contype') === type &&
        definition.skip_validation !== true,
    )
}
