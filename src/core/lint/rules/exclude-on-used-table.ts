import { addsConstraint } from '../added-constraint.ts'
import type { StatementRule } from '../rule.ts'

/** An exclusion constraint has no form that others do not notice. */
export const excludeOnUsedTable: StatementRule = {
  code: 'exclude-on-used-table',
  message: 'Nobody can read or write the table while the index is built, and there is no other way.',
  fix: 'Make a new table with it, or choose a quiet time.',
  applies: addsConstraint('CONSTR_EXCLUSION'),
  examples: {
    bad: ['ALTER TABLE t ADD EXCLUDE USING gist (a WITH &&)'],
    good: ['CREATE TABLE t (a int4range); ALTER TABLE t ADD EXCLUDE USING gist (a WITH &&)'],
  },
}
