import type { Problem } from '../../core/model/problem.ts'
import type { FileRun } from '../sequelize-runner/folder-runner.ts'
import type { MigrationFailure, MissingExtension } from './replay.ts'

/** SQLSTATEs of something that does not exist: a type, a function, a table, a schema, a column. */
const notThere = new Set(['42704', '42883', '42P01', '3F000', '42703', '42P13'])

/** What this program refuses or lacks, and a server with Node beside it would not. */
const ownLimits = new Set(['missing-module', 'unsupported-syntax', 'refused-access', 'engine-crash'])

/** Says whose fault a failure is, as far as that can be known. */
export function failureOf(
  { problem, place }: Pick<FileRun, 'place'> & { readonly problem: Problem },
  missing: readonly MissingExtension[],
): MigrationFailure {
  const lacking = notThere.has(problem.code) ? [...new Set(missing.map(({ name }) => name))] : []
  const hint =
    lacking.length > 0
      ? `It may come from ${lacking.join(' or ')}, which PostgreSQL in Relata does not have.`
      : problem.hint
  return {
    problem: hint === undefined ? problem : { ...problem, hint },
    fault: lacking.length > 0 ? 'unknown' : faultOf(problem),
    ...(place ? { place } : {}),
  }
}

function faultOf({ code, message }: Problem): MigrationFailure['fault'] {
  if (ownLimits.has(code)) return 'relata'
  // Few collations are in PGlite, and one database.
  if (/^collation ".*" for encoding|^template database "template1" does not exist/.test(message))
    return 'relata'
  return code === 'time-limit' ? 'unknown' : 'migration'
}
