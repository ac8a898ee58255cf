import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lintMigration } from '../core/lint/lint-migration.ts'
import type { PlanPart, Step } from '../core/migration/plan.ts'
import { transactionRuns } from '../core/migration/transaction-runs.ts'
import type { ParseSql } from '../core/sql/split.ts'
import type { Engine } from './engine.ts'
import { migrationPair, openNodeEngine } from './migration-pair.test-kit.ts'
import { loadSqlParser } from './sql-parser.ts'
import { planScenario, type Scenario } from './zero-downtime.test-kit.ts'

const require = createRequire(import.meta.url)
/** squawk is a program for some platforms only. */
const hasSquawk = existsSync(
  join(
    dirname(require.resolve('squawk-cli/package.json')),
    `../@squawk-cli/${process.platform}-${process.arch}`,
  ),
)
const squawkScript = join(dirname(require.resolve('squawk-cli/package.json')), 'js/bin/squawk')

/** What squawk says of a script: the names of its rules, each once. */
function squawk(sql: string): readonly string[] {
  const run = () =>
    execFileSync(
      process.execPath,
      [squawkScript, '--reporter', 'json', '--stdin-filepath', 'migration.sql'],
      {
        input: sql,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    )
  const found: readonly { rule_name: string }[] = JSON.parse(outputOf(run))
  return [...new Set(found.map(({ rule_name }) => rule_name))].toSorted()
}

/** squawk ends with 1 where it finds something. */
function outputOf(run: () => string): string {
  try {
    return run()
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && error.stdout !== '') return String(error.stdout)
    throw error
  }
}

/** As the file sends it: each run of steps in a transaction with a lock_timeout, the others bare. */
function scriptOf(steps: readonly Step[], first = ''): string {
  return transactionRuns(steps)
    .map((run) => {
      const sql = run
        .flatMap(({ statements }) => statements.map((statement) => `${statement.sql};`))
        .join('\n')
      return run[0]?.transactional ? `BEGIN;\n${first}\n${sql}\nCOMMIT;` : sql
    })
    .join('\n')
}

let parse: ParseSql
let engine: Engine
beforeAll(async () => {
  parse = await loadSqlParser()
  engine = await openNodeEngine()
})
afterAll(() => engine.close())

const ours = (sql: string, options = {}) =>
  [...new Set(lintMigration(sql, parse, options).map(({ code }) => code))].toSorted()

/** squawk's name of a rule of ours; both say the same of the same statements. */
const sameRule: Readonly<Record<string, string | RegExp>> = {
  'require-concurrent-index-creation': 'create-index-concurrently',
  'require-concurrent-index-deletion': 'drop-index-concurrently',
  'adding-foreign-key-constraint': 'foreign-key-not-valid',
  // squawk has one for all constraints.
  'constraint-missing-not-valid': /-not-valid$|^key-by-index$|^exclude-/,
  'adding-not-nullable-field': 'set-not-null-by-check',
  'adding-required-field': 'required-column',
  'adding-field-with-default': 'column-rewrites-table',
  'disallowed-unique-constraint': 'key-by-index',
  'changing-column-type': 'type-change',
  'renaming-column': 'rename-breaks-code',
  'renaming-table': 'rename-breaks-code',
  'ban-drop-column': 'drop-breaks-code',
  'ban-drop-table': 'drop-breaks-code',
  'require-lock-timeout': 'lock-timeout',
  'require-enum-value-ordering': 'enum-value-place',
  'ban-concurrent-index-creation-in-transaction': 'concurrently-in-transaction',
}

/** Agreed: matters of taste about types and names, and timeouts that a server's settings should give. */
const agreed = new Set([
  'prefer-robust-stmts',
  'prefer-text-field',
  'prefer-bigint-over-int',
  'prefer-identity',
  'prefer-timestamp-tz',
  'prefer-timestamptz',
  'require-statement-timeout',
  'require-table-schema',
  'require-timeout-settings',
  'transaction-nesting',
  'ban-drop-not-null',
])

const base = `
CREATE TABLE accounts (id bigint PRIMARY KEY, name varchar(20) NOT NULL, rating integer, note text, old_code text);
CREATE TABLE contacts (id bigint PRIMARY KEY, account_id bigint, first_name text);`

describe.skipIf(!hasSquawk)('an ordinary plan', () => {
  test.each([
    'CREATE INDEX accounts_rating ON accounts (rating)',
    'ALTER TABLE contacts ADD CONSTRAINT k FOREIGN KEY (account_id) REFERENCES accounts',
    'ALTER TABLE accounts ADD CONSTRAINT k CHECK (rating > 0)',
    'ALTER TABLE accounts ALTER rating SET NOT NULL',
    'ALTER TABLE accounts ADD CONSTRAINT k UNIQUE (rating)',
    'ALTER TABLE accounts ALTER rating TYPE bigint',
    'ALTER TABLE accounts DROP COLUMN old_code',
    'ALTER TABLE accounts ADD COLUMN token uuid DEFAULT gen_random_uuid()',
  ])('raises here what squawk raises: %s', async (change) => {
    const { plan } = await migrationPair(base, change)
    const sql = scriptOf(plan.up)
    const theirs = squawk(sql).filter((name) => !agreed.has(name))
    expect(theirs.filter((name) => sameRule[name] === undefined)).toEqual([])
    const found = ours(sql)
    for (const name of theirs) expect(found).toContainEqual(expect.stringMatching(sameRule[name] ?? name))
    expect(theirs.length).toBeGreaterThan(0)
  })
})

describe('a zero-downtime plan', () => {
  const scenarios: readonly Scenario[] = [
    { base, change: 'CREATE INDEX accounts_rating ON accounts (rating)' },
    { base, change: 'ALTER TABLE contacts ADD CONSTRAINT k FOREIGN KEY (account_id) REFERENCES accounts' },
    { base, change: 'ALTER TABLE accounts ADD CONSTRAINT k CHECK (rating > 0)' },
    { base, change: 'ALTER TABLE accounts ADD CONSTRAINT k UNIQUE (rating)' },
    { base, change: 'ALTER TABLE accounts DROP COLUMN old_code' },
    {
      base,
      change:
        "ALTER TABLE accounts ADD COLUMN status text NOT NULL DEFAULT 'new'; CREATE INDEX s ON accounts (status)",
    },
  ]

  test.each(scenarios)('raises nothing: $change', async (scenario) => {
    const { plan } = await planScenario(engine, scenario)
    expect(plan.refusals).toEqual([])
    for (const part of plan.parts ?? []) {
      const sql = scriptOf(part.up, "SET LOCAL lock_timeout = '2s';")
      expect([sql, ...ours(sql, { afterDeploy: isAfterDeploy(part) })]).toEqual([sql])
      const theirs = hasSquawk ? squawk(sql).filter((name) => !agreed.has(name)) : []
      const left = theirs.filter((name) => !isAnswered(name, part))
      expect([sql, ...left]).toEqual([sql])
    }
  })
})

/** Waits of CONCURRENTLY stop nobody, and cut short by a timeout they leave an index that is not valid. */
function isAnswered(name: string, part: PlanPart): boolean {
  if (name === 'require-lock-timeout') return part.up.every(({ transactional }) => !transactional)
  return isAfterDeploy(part) && sameRule[name] === 'drop-breaks-code'
}

function isAfterDeploy({ phase }: PlanPart): boolean {
  return phase === 'contract'
}
