import { describe, expect, test } from 'vitest'
import { loadSqlParser } from '../../database/sql-parser.ts'
import { lintMigration } from './lint-migration.ts'
import { statementRules } from './statement-rules.ts'

const parse = await loadSqlParser()
const codes = (sql: string, options = {}) => lintMigration(sql, parse, options).map(({ code }) => code)

describe.each(statementRules)('$code', ({ code, message, fix, examples }) => {
  test.each(examples.bad)('finds fault with: %s', (sql) => {
    expect(codes(sql)).toContain(code)
  })

  test.each(examples.good)('lets pass: %s', (sql) => {
    expect(codes(sql)).not.toContain(code)
    // What is not parsed is not judged either.
    expect(lintMigration(`${sql}; DROP TABLE relata_seen`, parse).map((problem) => problem.code)).toContain(
      'drop-breaks-code',
    )
  })

  test('says why and what to do', () => {
    expect(message).toMatch(/^[A-Z].*\.$/)
    expect(fix).toMatch(/\.$/)
  })
})

test('each rule has a name of its own and examples of both sorts', () => {
  expect(new Set(statementRules.map(({ code }) => code)).size).toBe(statementRules.length)
  for (const { examples } of statementRules) {
    expect(examples.bad.length).toBeGreaterThan(0)
    expect(examples.good.length).toBeGreaterThan(0)
  }
})

test('a rule is left out where a comment says so, for the statement below it alone', () => {
  const ignored = '-- relata-ignore drop-breaks-code\nDROP TABLE a; DROP TABLE b'
  expect(codes(ignored)).toEqual(['drop-breaks-code'])
})

test('after a deploy only what makes others wait is a fault', () => {
  expect(codes('ALTER TABLE t DROP COLUMN a', { afterDeploy: true })).toEqual(['lock-timeout'])
})

test('the safe way to NOT NULL raises nothing', () => {
  const sql = `BEGIN; SET LOCAL lock_timeout = '2s'; ALTER TABLE t ADD CONSTRAINT k CHECK (a IS NOT NULL) NOT VALID; COMMIT;
    ALTER TABLE t VALIDATE CONSTRAINT k;
    BEGIN; SET LOCAL lock_timeout = '2s'; ALTER TABLE t ALTER a SET NOT NULL; ALTER TABLE t DROP CONSTRAINT k; COMMIT;`
  expect(codes(sql)).toEqual([])
})
