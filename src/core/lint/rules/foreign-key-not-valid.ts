import { addsConstraint } from '../added-constraint.ts'
import type { StatementRule } from '../rule.ts'

/** SHARE ROW EXCLUSIVE on both tables while every row is checked (docs ALTER TABLE). */
export const foreignKeyNotValid: StatementRule = {
  code: 'foreign-key-not-valid',
  message: 'Nobody can write to either table while every row is checked.',
  fix: 'Add it NOT VALID, and VALIDATE it in another transaction.',
  applies: addsConstraint('CONSTR_FOREIGN'),
  examples: {
    bad: ['ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r'],
    good: [
      'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r NOT VALID',
      'CREATE TABLE t (a int); ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r',
    ],
  },
}
