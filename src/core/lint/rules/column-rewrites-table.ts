import type { SqlNode } from '../../sql/split.ts'
import { alterCommands, constraintsOf, nodeAt, relationName, typeOf } from '../parse-tree.ts'
import type { StatementRule } from '../rule.ts'

/** Functions whose result is one for the whole statement. */
const stable = new Set(['now', 'transaction_timestamp', 'statement_timestamp', 'current_setting'])

function rewrites(column: SqlNode): boolean {
  const constraints = constraintsOf(column)
  if (/serial/.test(typeOf(column)) || constraints.has('CONSTR_IDENTITY')) return true
  if (constraints.get('CONSTR_GENERATED')?.generated_kind === 's') return true
  const fallback = constraints.get('CONSTR_DEFAULT')
  const call = fallback && nodeAt(fallback, 'raw_expr')?.FuncCall
  const name = /"sval":"(\w+)"\}\}\]/.exec(JSON.stringify(call ?? null))?.[1]
  return name !== undefined && !stable.has(name)
}

/** Measured on PostgreSQL 18: volatile defaults, serial, identity and stored generated columns. */
export const columnRewritesTable: StatementRule = {
  code: 'column-rewrites-table',
  message: 'The whole table is written anew while nobody can read or write it.',
  fix: 'Add a plain column, set its default, and fill the rows in batches.',
  applies: ({ type, node }, { isInUse }) =>
    type === 'AlterTableStmt' &&
    isInUse(relationName(node)) &&
    alterCommands(node).some(
      ({ subtype, definition }) => subtype === 'AT_AddColumn' && definition !== null && rewrites(definition),
    ),
  examples: {
    bad: [
      'ALTER TABLE t ADD u uuid DEFAULT gen_random_uuid()',
      'ALTER TABLE t ADD s serial',
      'ALTER TABLE t ADD g int GENERATED ALWAYS AS (a) STORED',
      'ALTER TABLE t ADD i int GENERATED ALWAYS AS IDENTITY',
    ],
    good: [
      `ALTER TABLE t ADD a text DEFAULT 'x'`,
      'ALTER TABLE t ADD at timestamptz DEFAULT now()',
      'ALTER TABLE t ADD g int GENERATED ALWAYS AS (a) VIRTUAL',
    ],
  },
}
