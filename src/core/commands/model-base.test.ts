import { expect, test } from 'vitest'
import { pgType } from '../model/pg-type.ts'
import type { Cure, Drift } from '../sequelize/models/drift.ts'
import { modelTableSql } from './model-base.ts'
import { countedIds } from './sample-document.test-kit.ts'

const drift = (cure: Cure): Drift => ({
  code: 'model-without-table',
  severity: 'warning',
  model: 'User',
  place: null,
  message: '',
  text: null,
  cure,
})

const plain = { notNull: true, default: null, identity: null, labels: null }

const users = {
  type: 'add-table',
  schema: null,
  name: 'users',
  columns: [
    { ...plain, name: 'id', type: pgType('integer') },
    { ...plain, name: 'role', type: pgType('text'), labels: ['reader', 'author'] },
  ],
  key: ['id'],
} as const

test('the table of a model stands alone, with the types that it needs', () => {
  const sql = modelTableSql(drift(users), countedIds())
  expect(sql).toContain(`CREATE TYPE role_type AS ENUM ('reader', 'author')`)
  expect(sql).toMatch(/CREATE TABLE users \(\n {2}id integer NOT NULL,\n {2}role role_type NOT NULL,/)
  expect(sql).toMatch(/PRIMARY KEY \(id\)/)
})

test('it lies in the schema of its model', () => {
  const sql = modelTableSql(drift({ ...users, schema: 'crm' }), countedIds())
  expect(sql).toContain('CREATE SCHEMA crm')
  expect(sql).toContain('CREATE TABLE crm.users')
})

test('another difference has no table to make', () => {
  const cure = { type: 'set-key', table: 't', columns: [] } as const
  expect(modelTableSql(drift(cure), countedIds())).toBeNull()
})
