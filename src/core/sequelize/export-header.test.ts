import { expect, test } from 'vitest'
import { exportHeader } from './export-header.ts'

const proof = { passed: true, postgres: '18.6', sequelize: '6.37.8', rowsBefore: 20, rowsKept: 20 }

test('a passed proof is stated with its versions and rows', () => {
  expect(exportHeader(proof)).toEqual([
    'Proved by Relata on PostgreSQL 18.6 with Sequelize 6.37.8: up, down and up again gave the schemas they should.',
    'Rows kept: 20 of 20.',
  ])
  expect(exportHeader({ ...proof, rowsBefore: 0, rowsKept: 0 })[1]).toBe(
    'No table held a row that could be lost.',
  )
})

test('a proof on empty tables names what stopped it with rows', () => {
  const stoppedByRows = {
    name: 'up',
    problem: { message: 'column "a" of relation "t" contains null values' },
  }
  const lines = exportHeader({ ...proof, rowsBefore: 0, rowsKept: 0, stoppedByRows })
  expect(lines[0]).toContain('on empty tables only')
  expect(lines[1]).toBe(
    'NOT PROVED WITH ROWS. With sample rows up stopped: column "a" of relation "t" contains null values',
  )
  expect(lines.join()).not.toContain('Rows kept')
})

test('an export without a passed proof says so', () => {
  expect(exportHeader(null)[0]).toMatch(/^NOT PROVED/)
  expect(exportHeader({ ...proof, passed: false })[0]).toMatch(/^NOT PROVED.*failed/)
})

test('a form that was not itself run says so beside the proof of its body', () => {
  const unrun = /this form of it was not/
  expect(exportHeader(proof, 'typescript').at(-1)).toMatch(unrun)
  expect(exportHeader(proof, 'umzug').at(-1)).toMatch(unrun)
  for (const format of ['sequelize', 'cjs', 'sql'] as const) {
    expect(exportHeader(proof, format).join()).not.toMatch(unrun)
  }
})
