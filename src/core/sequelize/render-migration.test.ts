import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Plan, Step } from '../migration/plan.ts'
import type { SequelizeCall } from './call.ts'
import { slug } from './file-name.ts'
import { sqlLiteral } from './js-value.ts'
import { renderMigrations } from './render-migration.ts'

const step = (
  title: string,
  calls: readonly SequelizeCall[] | null,
  sql = 'SELECT 1',
  more: Partial<Step> = {},
): Step => ({
  action: 'create',
  object: title,
  kind: 'column',
  group: 'contacts',
  title,
  statements: [{ sql, owner: title }],
  calls,
  transactional: true,
  hazards: [],
  fields: [],
  puts: [],
  removes: [],
  ...more,
})

const generated = `ALTER TABLE contacts
  ADD COLUMN full_name varchar(255)
  GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED`

const seedPlan: Plan = {
  up: [
    step('Add column contacts.custom_fields', [
      {
        method: 'addColumn',
        args: [
          'contacts',
          'custom_fields',
          { type: { code: 'Sequelize.JSONB' }, allowNull: false, defaultValue: {} },
        ],
      },
    ]),
    step('Add index idx_contacts_custom_fields_gin on contacts', [
      {
        method: 'addIndex',
        args: ['contacts', ['custom_fields']],
        options: { name: 'idx_contacts_custom_fields_gin', using: 'gin' },
      },
    ]),
    step('Add column contacts.full_name', null, generated),
  ],
  down: [
    step(
      'Drop column contacts.full_name',
      [{ method: 'removeColumn', args: ['contacts', 'full_name'] }],
      'ALTER TABLE contacts DROP COLUMN full_name',
      { action: 'drop', hazards: [{ code: 'loses-data', message: 'Loses every value of full_name.' }] },
    ),
  ],
  refusals: [],
}

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
  const wide: Plan = {
    ...seedPlan,
    up: [
      ...seedPlan.up,
      step('Create table orders', [
        {
          method: 'createTable',
          args: [
            { tableName: 'orders', schema: 'sales' },
            {
              id: {
                type: { code: 'Sequelize.UUID' },
                allowNull: false,
                defaultValue: sqlLiteral('gen_random_uuid()'),
                primaryKey: true,
              },
              'odd name': { type: "mood's", defaultValue: 'it\'s "quoted"' },
            },
          ],
        },
      ]),
      step('Add index with several keys', [
        {
          method: 'addIndex',
          args: ['orders'],
          options: {
            fields: [
              { name: 'created_at', order: 'DESC NULLS LAST' },
              { name: 'id', order: 'ASC' },
            ],
            name: 'i',
            where: sqlLiteral("status = 'open' and length(description_of_the_order) > 100 and a"),
          },
        },
      ]),
      step('Long', null, `SELECT ${'x'.repeat(95)}`),
      step('Concurrently', null, 'CREATE INDEX CONCURRENTLY i ON t (a)', { transactional: false }),
    ],
  }
  const folder = mkdtempSync(join(tmpdir(), 'relata-format-'))
  try {
    const config = {
      formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 100 },
      javascript: { formatter: { quoteStyle: 'single' } },
    }
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config))
    const files = render(wide)
    for (const { fileName, source } of files) writeFileSync(join(folder, fileName), source)
    const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
    execFileSync(process.execPath, [biome, 'format', '--write', '.'], { cwd: folder, stdio: 'pipe' })
    for (const { fileName, source } of files) {
      expect(readFileSync(join(folder, fileName), 'utf8')).toBe(source)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
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
