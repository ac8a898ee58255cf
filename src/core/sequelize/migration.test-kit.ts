import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Plan, Step } from '../migration/plan.ts'
import type { SequelizeCall } from './call.ts'
import { type CodeStyle, usualCode } from './code-style.ts'
import { sqlLiteral } from './js-value.ts'
import type { MigrationFile } from './migration-file.ts'

/** A step of a plan, by what it does. */
export const step = (
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

/** A column, an index and a generated column. */
export const seedPlan: Plan = {
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

/** The same with what is long, quoted or outside of a transaction. */
export const widePlan: Plan = {
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

/** Biome's formatter, in the same style, finds nothing to change in the files. */
export function expectFormatted(files: readonly MigrationFile[], style: CodeStyle = usualCode): void {
  const folder = mkdtempSync(join(tmpdir(), 'relata-format-'))
  try {
    const isTab = style.indent === '\t'
    const config = {
      formatter: {
        indentStyle: isTab ? 'tab' : 'space',
        indentWidth: isTab ? 2 : style.indent.length,
        lineWidth: 100,
      },
      javascript: {
        formatter: { quoteStyle: style.quotes, semicolons: style.semicolons ? 'always' : 'asNeeded' },
      },
    }
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config))
    for (const { fileName, source } of files) writeFileSync(join(folder, fileName), source)
    const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
    execFileSync(process.execPath, [biome, 'format', '--write', '.'], { cwd: folder, stdio: 'pipe' })
    for (const { fileName, source } of files) {
      expect(readFileSync(join(folder, fileName), 'utf8')).toBe(source)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
