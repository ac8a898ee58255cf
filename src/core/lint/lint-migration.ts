import type { Problem } from '../model/problem.ts'
import { type ParseSql, type SourceStatement, splitSql } from '../sql/split.ts'
import { nodeAt, relationName, textAt } from './parse-tree.ts'
import type { LintContext, LintedStatement } from './rule.ts'
import { statementRules } from './statement-rules.ts'

export interface LintOptions {
  /** Code that does without what goes is deployed already: only what makes others wait is a fault. */
  readonly afterDeploy?: boolean
  /** True for a file that sequelize-cli or psql -1 runs as one transaction. */
  readonly oneTransaction?: boolean
}

/**
 * What is wrong with a migration for a database in use, statement by statement. BEGIN and COMMIT in the text count. A
 * comment `relata-ignore <rule>` before a statement leaves that rule out for it.
 */
export function lintMigration(
  source: string,
  parse: ParseSql,
  options: LintOptions = {},
): readonly Problem[] {
  const parts = splitSql(source, parse)
  const statements: LintedStatement[] = []
  const places: SourceStatement[] = []
  let transaction: number | null = options.oneTransaction ? 0 : null
  let next = 1
  for (const part of parts) {
    if (part.content.type !== 'statement') continue
    const { parsed } = part.content
    if (parsed.type === 'TransactionStmt') {
      transaction = opens(textAt(parsed.node, 'kind')) ? next++ : null
      continue
    }
    statements.push({ ...parsed, sql: part.sql, transaction })
    places.push(part)
  }
  return statements.flatMap((statement, index) => {
    const context = contextOf(statements, index)
    const ignored = ignoredBefore(source, places[index])
    return statementRules.flatMap((rule) => {
      if (rule.breaksCode && options.afterDeploy) return []
      if (ignored.has(rule.code) || !rule.applies(statement, context)) return []
      const { code, message, fix } = rule
      const line = places[index]?.line
      const where = line === undefined ? {} : { detail: `Line ${line}` }
      return [
        {
          code,
          severity: 'warning',
          source: 'Lint',
          message,
          hint: fix,
          sql: statement.sql,
          ...where,
        } as const,
      ]
    })
  })
}

function opens(kind: string | null): boolean {
  return kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START'
}

function contextOf(statements: readonly LintedStatement[], index: number): LintContext {
  const before = statements.slice(0, index)
  const own = statements[index]?.transaction ?? null
  const made = new Set(before.flatMap(createdRelations))
  return {
    before,
    inTransaction: own === null ? [] : before.filter(({ transaction }) => transaction === own),
    isInUse: (relation) => relation !== null && !made.has(relation),
  }
}

function createdRelations({ type, node }: LintedStatement): readonly string[] {
  // CREATE TABLE … AS has its name in `into`, one level deeper.
  const into = type === 'CreateTableAsStmt' ? nodeAt(node, 'into') : null
  const name = into ? relationName(into, 'rel') : type === 'CreateStmt' ? relationName(node) : null
  return name === null ? [] : [name]
}

/** Rules named in comments between the statement before and this one. */
function ignoredBefore(source: string, place: SourceStatement | undefined): ReadonlySet<string> {
  if (!place) return new Set()
  const above = source.slice(0, place.start).split(';').at(-1) ?? ''
  return new Set([...above.matchAll(/relata-ignore ([a-z-]+)/g)].map(([, code = '']) => code))
}
