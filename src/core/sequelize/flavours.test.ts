import { expect, test } from 'vitest'
import { styleOf } from './flavours.ts'
import { seedPlan } from './migration.test-kit.ts'
import { renderMigrations } from './render-migration.ts'

const stamp = new Date('2026-01-15T12:00:00Z')

function written(format: string) {
  const style = styleOf(format)
  if (!style) throw new Error(`${format} has no style`)
  const [file] = renderMigrations({ plan: seedPlan, title: 'add a', stamp, style, header: ['Proved.'] })
  if (!file) throw new Error('Nothing was rendered')
  return file
}

const body = written('sequelize').source.split('\n').slice(7, 31).join('\n')

test('TypeScript types what sequelize-cli hands over', () => {
  const { fileName, source } = written('typescript')
  expect(fileName).toBe('20260115120000-add-a.ts')
  expect(source).toContain(
    `export default {\n  async up(queryInterface: Queries, Sequelize: Library): Promise<void> {\n${body}`,
  )
  expect(source).toMatch(/^import type \{ DataTypes, QueryInterface \} from 'sequelize';/)
})

test('an ES module for Umzug 3 takes its context, and brings the data types itself', () => {
  const { fileName, source } = written('umzug')
  expect(fileName).toBe('20260115120000-add-a.mjs')
  expect(source).toMatch(/^import \{ Sequelize \} from 'sequelize';\n\n\/\/ Proved\./)
  expect(source).toContain('export async function up({ context: queryInterface }) {\n')
  expect(source).toContain('export async function down({ context: queryInterface }) {\n')
})

test('CommonJS differs in its name alone', () => {
  expect(written('cjs')).toEqual({ ...written('sequelize'), fileName: '20260115120000-add-a.cjs' })
})

test('SQL has no style', () => {
  expect(styleOf('sql')).toBeNull()
})
