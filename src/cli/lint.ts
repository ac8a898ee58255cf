import { lintMigration } from '../core/lint/lint-migration.ts'
import type { DatabaseApi } from '../database/api.ts'
import { loadSqlParser } from '../database/sql-parser.ts'
import { exitCodes } from './exit-codes.ts'
import type { Invocation } from './options.ts'
import { problemLines } from './report.ts'
import { readText, type Terminal } from './terminal.ts'

/** `relata lint`: the rules about statements on a migration that anybody wrote. */
export async function runLint(
  { inputs: [path = ''], options }: Invocation,
  _database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const problems = lintMigration(readText(path), await loadSqlParser(), {
    oneTransaction: options['one-transaction'] === true,
    afterDeploy: options['after-deploy'] === true,
  })
  if (options.json === true) terminal.out(`${JSON.stringify(problems, null, 2)}\n`)
  else for (const line of problems.flatMap((problem) => problemLines(problem))) terminal.out(`${line}\n`)
  return problems.length === 0 ? exitCodes.done : exitCodes.failed
}
