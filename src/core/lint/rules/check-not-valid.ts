import { addsConstraint } from '../added-constraint.ts'
import type { StatementRule } from '../rule.ts'

/** ACCESS EXCLUSIVE while every row is checked. */
export const checkNotValid: StatementRule = {
  code: 'check-not-valid',
  message: 'Nobody can read or write the table while every row is checked.',
  fix: 'Add it NOT VALID, and VALIDATE it in another transaction.',
  applies: addsConstraint('CONSTR_CHECK'),
  examples: {
    bad: ['ALTER TABLE t ADD CHECK (a > 0)'],
    good: ['ALTER TABLE t ADD CHECK (a > 0) NOT VALID'],
  },
}
