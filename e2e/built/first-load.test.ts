import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { firstLoadBudget, measureFirstLoad, totalGzip } from '../../bench/first-load.ts'

/** Text that only this package holds, to tell whether it reached the first load. */
const fingerprints: Readonly<Record<string, RegExp>> = {
  PGlite: /pglite\.wasm|initdb\.wasm/,
  Monaco: /MonacoEnvironment\b.*monaco|monaco-editor-background/s,
  Sequelize: /SequelizeBaseError/,
  elk: /org\.eclipse\.elk/,
}

test('the canvas shell fits its budget', () => {
  const { first } = measureFirstLoad()
  const lines = first.map(({ file, gzip }) => `${(gzip / 1024).toFixed(1)} kB ${file}`)
  expect(totalGzip(first), lines.join('\n')).toBeLessThanOrEqual(firstLoadBudget)
})

test('PostgreSQL, Monaco, Sequelize and elk wait until they are needed', () => {
  const { first } = measureFirstLoad()
  const loaded = first.map(({ file }) => readFileSync(join('dist', file), 'utf8')).join('\n')
  const found = Object.entries(fingerprints).filter(([, pattern]) => pattern.test(loaded))
  expect(found.map(([name]) => name)).toEqual([])
})
