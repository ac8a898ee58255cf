import type { Problem } from '../core/model/problem.ts'
import type { ImportedObject } from './api.ts'
import type { StatementOutcome } from './import-run.ts'
import { problemOf } from './problems.ts'

/** Longer statements are cut in the report: the source has them whole. */
const maxSql = 2000

/** What was not taken over, statement by statement; rows and settings once per target, with a count. */
export function reportOutcomes(outcomes: readonly StatementOutcome[]): readonly ImportedObject[] {
  const objects: ImportedObject[] = []
  const counts = new Map<string, { readonly at: number; count: number }>()
  for (const { statement, outcome } of outcomes) {
    if (outcome.type === 'ran') {
      // The COPY itself did not run, but its rows are there.
      if (statement.content.type === 'copy-data' && objects.at(-1)?.kind === 'COPY') objects.pop()
      continue
    }
    const { line } = statement
    const sql = statement.sql.length > maxSql ? `${statement.sql.slice(0, maxSql)} …` : statement.sql
    if (outcome.type === 'skipped') {
      const { word, reason, summary } = outcome
      const copied = statement.content.type === 'copy-data' ? objects.at(-1) : undefined
      if (copied?.kind === 'COPY') {
        objects[objects.length - 1] = { ...copied, reason }
        continue
      }
      const known = summary === undefined ? undefined : counts.get(summary)
      if (known) {
        known.count += 1
        continue
      }
      if (summary !== undefined) counts.set(summary, { at: objects.length, count: 1 })
      objects.push({
        kind: word,
        name: summary ?? firstLine(sql || word),
        outcome: 'skipped',
        reason,
        line,
        sql,
      })
      continue
    }
    const problem = problemIn(outcome, statement.sql)
    const name = firstLine(sql)
    const reason = problem.message
    objects.push({ kind: 'statement', name, outcome: 'refused', reason, line, sql, problem })
  }
  for (const { at, count } of counts.values()) {
    const object = objects[at]
    if (object && count > 1) objects[at] = { ...object, name: `${object.name} (${count} statements)` }
  }
  return objects
}

function firstLine(sql: string): string {
  const [line = ''] = sql.trim().split('\n')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

function problemIn(
  outcome: Exclude<StatementOutcome['outcome'], { readonly type: 'ran' | 'skipped' }>,
  sql: string,
): Problem {
  switch (outcome.type) {
    case 'refused':
      return problemOf(outcome.error, sql)
    case 'broken':
      return {
        code: '42601',
        severity: 'error',
        source: 'Import',
        message: outcome.message,
        position: outcome.position,
        sql,
      }
    case 'crashed':
      return { code: 'engine-crash', severity: 'error', source: 'Import', message: outcome.message, sql }
  }
}
