import { expect, test } from 'vitest'
import { exportHeader } from './export-header.ts'

const proof = { passed: true, postgres: '18.6', sequelize: '6.37.8', rowsBefore: 20, rowsKept: 20 }

test('a passed proof is stated with its versions and rows', () => {
  expect(exportHeader(proof)).toEqual([
    'Proved by Relata on PostgreSQL 18.6 with Sequelize 6.37.8: up, down and up again gave the schemas they should.',
    'Rows kept: 20 of 20.',
  ])
  expect(exportHeader({ ...proof, rowsBefore: 0, rowsKept: 0 })).toHaveLength(1)
})

test('an export without a passed proof says so', () => {
  expect(exportHeader(null)[0]).toMatch(/^NOT PROVED/)
  expect(exportHeader({ ...proof, passed: false })[0]).toMatch(/^NOT PROVED.*failed/)
})
