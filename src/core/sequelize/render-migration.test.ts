import { expect, test } from 'vitest'
import type { Plan } from '../migration/plan.ts'
import type { SequelizeCall } from './call.ts'
import { slug } from './file-name.ts'
import { expectFormatted, seedPlan, step, widePlan } from './migration.test-kit.ts'
import { renderMigrations } from './render-migration.ts'

const stamp = new Date('2026-01-15T12:00:00.900Z')
const render = (plan: Plan, header: readonly string[] = []) =>
  renderMigrations({ plan, title: 'add custom_fields to contacts', stamp, header })

test('reads like a migration written by hand', () => {
  const [file] = render(seedPlan, ['Not proven: it was exported without a passed proof.'])
  expect(file?.fileName).toBe('20260115120000-add-custom-fields-to-contacts.js')
  expect(file?.source).toBe(`'use strict';

// Not proven: it was exported without a passed proof.

/** @type {import('sequelize-cli').Migration} */
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.sequelize.transaction(async (transaction) => {
      // Add column contacts.custom_fields
      await queryInterface.addColumn(
        'contacts',
        'custom_fields',
        { type: Sequelize.JSONB, allowNull: false, defaultValue: {} },
        { transaction },
      );

      // Add index idx_contacts_custom_fields_gin on contacts
      await queryInterface.addIndex('contacts', ['custom_fields'], {
        name: 'idx_contacts_custom_fields_gin',
        using: 'gin',
        transaction,
      });

      // Add column contacts.full_name
      await queryInterface.sequelize.query(
        \`
          ALTER TABLE contacts
            ADD COLUMN full_name varchar(255)
            GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED
        \`,
        { transaction },
      );
    });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.sequelize.transaction(async (transaction) => {
      // Drop column contacts.full_name
      // Loses every value of full_name.
      await queryInterface.removeColumn('contacts', 'full_name', { transaction });
    });
  },
};
`)
})

test('Biome has nothing to reformat at 100 columns', () => {
  expectFormatted(render(widePlan))
})

test('steps that must run outside a transaction get a file of their own, and down is cut at the same places', () => {
  const outside = { transactional: false }
  const plan: Plan = {
    up: [step('a', null), step('b', null, 'CREATE INDEX CONCURRENTLY b ON t (a)', outside), step('c', null)],
    down: [step('c', null), step('b', null, 'DROP INDEX CONCURRENTLY b', outside), step('a', null)],
    refusals: [],
  }
  const files = render(plan)
  expect(files.map(({ fileName }) => fileName)).toEqual([
    '20260115120000-add-custom-fields-to-contacts-1.js',
    '20260115120001-add-custom-fields-to-contacts-2.js',
    '20260115120002-add-custom-fields-to-contacts-3.js',
  ])
  expect(files[1]?.source).not.toContain('transaction(')
  expect(files[1]?.source).toContain('query(`DROP INDEX CONCURRENTLY b`);')
  expect(files[0]?.source.match(/\/\/ a$/gm)).toHaveLength(2)
})

test('a name that Sequelize would misquote sends the whole step as SQL', () => {
  for (const name of ['a.b', 'say "hi"', '*', '__proto__']) {
    const calls: SequelizeCall[] = [{ method: 'removeColumn', args: ['t', name] }]
    const [file] = render({ up: [step('x', calls, 'ALTER TABLE t DROP COLUMN x')], down: [], refusals: [] })
    expect(file?.source).toContain('query(`ALTER TABLE t DROP COLUMN x`, { transaction })')
  }
  const numbered: SequelizeCall = {
    method: 'createTable',
    args: ['t', { b: { type: 'int' }, 1: { type: 'int' } }],
  }
  expect(render({ up: [step('x', [numbered])], down: [], refusals: [] })[0]?.source).not.toContain(
    'createTable',
  )
})

test('hostile names cannot leave their comment', () => {
  const [file] = render({ up: [step('Add \n} evil();\u2028evil()', null)], down: [], refusals: [] })
  expect(file?.source).toContain('// Add } evil(); evil()\n')
})

test('file names are plain words', () => {
  expect(slug('add Größe & "naïve" to Ünits')).toBe('add-gro-e-naive-to-units')
  expect(slug('🐘')).toBe('schema-change')
  expect(slug(`add ${'long_'.repeat(30)}`).length).toBeLessThanOrEqual(70)
})
