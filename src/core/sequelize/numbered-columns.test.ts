import { expect, test } from 'vitest'
import type { Plan, Step } from '../migration/plan.ts'
import type { JsValue } from './call.ts'
import { sqlLiteral } from './js-value.ts'
import { step } from './migration.test-kit.ts'
import { renderMigrations } from './render-migration.ts'

const stamp = new Date('2026-01-15T12:00:00Z')

const createTable = (target: JsValue, column: string, type: string, sequence: string): Step =>
  step('Create table', [
    {
      method: 'createTable',
      args: [
        target,
        {
          [column]: {
            type: { code: `Sequelize.${type}` },
            allowNull: false,
            defaultValue: sqlLiteral(`nextval('${sequence}'::regclass)`),
          },
        },
      ],
    },
  ])

/** The file of a new table, its sequence before and what owns it behind. */
function written(make: string, table: Step, own: string): string {
  const plan: Plan = {
    up: [step('Create sequence', null, make), table, step('Change owned by', null, own)],
    down: [],
    refusals: [],
  }
  return renderMigrations({ plan, title: 'numbers', stamp })[0]?.source ?? ''
}

test('a sequence made for a column of a new table comes with it', () => {
  const plain = written(
    'CREATE SEQUENCE reviews_id_seq AS integer',
    createTable('reviews', 'id', 'INTEGER', 'reviews_id_seq'),
    'ALTER SEQUENCE reviews_id_seq OWNED BY reviews.id',
  )
  expect(plain).toContain('{ id: { type: Sequelize.INTEGER, allowNull: false, autoIncrement: true } }')
  expect(plain).not.toMatch(/SEQUENCE/)
  const quoted = written(
    'CREATE SEQUENCE app."Users_id_seq"',
    createTable({ tableName: 'Users', schema: 'app' }, 'id', 'BIGINT', 'app."Users_id_seq"'),
    'ALTER SEQUENCE app."Users_id_seq" OWNED BY app."Users".id',
  )
  expect(quoted).toContain('{ type: Sequelize.BIGINT, allowNull: false, autoIncrement: true }')
  expect(quoted).not.toMatch(/SEQUENCE/)
})

test.each([
  [
    'another name',
    'CREATE SEQUENCE numbers AS integer',
    'numbers',
    'INTEGER',
    'ALTER SEQUENCE numbers OWNED BY reviews.id',
  ],
  [
    'options',
    'CREATE SEQUENCE reviews_id_seq AS integer START 100',
    'reviews_id_seq',
    'INTEGER',
    'ALTER SEQUENCE reviews_id_seq OWNED BY reviews.id',
  ],
  [
    'another type',
    'CREATE SEQUENCE reviews_id_seq',
    'reviews_id_seq',
    'INTEGER',
    'ALTER SEQUENCE reviews_id_seq OWNED BY reviews.id',
  ],
  ['no owner', 'CREATE SEQUENCE reviews_id_seq AS integer', 'reviews_id_seq', 'INTEGER', 'SELECT 1'],
])('one with %s stays', (_what, make, sequence, type, own) => {
  const source = written(make, createTable('reviews', 'id', type, sequence), own)
  expect(source).toContain(make)
  expect(source).toContain('nextval(')
})
