import { nodeAt } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** Every table that uses the domain is locked and read (docs ALTER DOMAIN). */
export const domainCheck: StatementRule = {
  code: 'domain-check',
  message: 'Nobody can write to the tables that use the domain while every row is checked.',
  fix: 'Add it NOT VALID, and VALIDATE it in another transaction.',
  applies: ({ type, node }) => {
    const definition = type === 'AlterDomainStmt' && node.subtype === 'C' ? nodeAt(node, 'def') : null
    return definition !== null && nodeAt(definition, 'Constraint')?.skip_validation !== true
  },
  examples: {
    bad: [`ALTER DOMAIN d ADD CONSTRAINT k CHECK (value <> '')`],
    good: [`ALTER DOMAIN d ADD CONSTRAINT k CHECK (value <> '') NOT VALID`],
  },
}
