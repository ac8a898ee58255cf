import type { StatementRule } from './rule.ts'
import { blockingMaintenance } from './rules/blocking-maintenance.ts'
import { checkNotValid } from './rules/check-not-valid.ts'
import { columnRewritesTable } from './rules/column-rewrites-table.ts'
import { concurrentlyInTransaction } from './rules/concurrently-in-transaction.ts'
import { createIndexConcurrently } from './rules/create-index-concurrently.ts'
import { domainCheck } from './rules/domain-check.ts'
import { dropBreaksCode } from './rules/drop-breaks-code.ts'
import { dropIndexConcurrently } from './rules/drop-index-concurrently.ts'
import { enumValuePlace } from './rules/enum-value-place.ts'
import { everyRow } from './rules/every-row.ts'
import { excludeOnUsedTable } from './rules/exclude-on-used-table.ts'
import { foreignKeyNotValid } from './rules/foreign-key-not-valid.ts'
import { keyByIndex } from './rules/key-by-index.ts'
import { lockTimeout } from './rules/lock-timeout.ts'
import { oneTablePerTransaction } from './rules/one-table-per-transaction.ts'
import { renameBreaksCode } from './rules/rename-breaks-code.ts'
import { requiredColumn } from './rules/required-column.ts'
import { rewriteInPlace } from './rules/rewrite-in-place.ts'
import { rowsInSchemaTransaction } from './rules/rows-in-schema-transaction.ts'
import { runAgain } from './rules/run-again.ts'
import { setNotNullByCheck } from './rules/set-not-null-by-check.ts'
import { typeChange } from './rules/type-change.ts'
import { validateApart } from './rules/validate-apart.ts'

/** Every rule about statements of a migration. */
export const statementRules: readonly StatementRule[] = [
  blockingMaintenance,
  checkNotValid,
  columnRewritesTable,
  concurrentlyInTransaction,
  createIndexConcurrently,
  domainCheck,
  dropBreaksCode,
  dropIndexConcurrently,
  enumValuePlace,
  everyRow,
  excludeOnUsedTable,
  foreignKeyNotValid,
  keyByIndex,
  lockTimeout,
  oneTablePerTransaction,
  renameBreaksCode,
  requiredColumn,
  rewriteInPlace,
  rowsInSchemaTransaction,
  runAgain,
  setNotNullByCheck,
  typeChange,
  validateApart,
]
