import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Association, type Model, type ModelStatic, Sequelize } from 'sequelize'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ModelStyle, renderModels } from '../../src/core/sequelize/models/render-models.ts'
import { openDatabase } from '../../src/database/node-database.ts'
import { makeRow, tieAndFind } from '../fixtures/model-rows.ts'
import { type RealPostgres, startRealPostgres, withClient } from '../fixtures/real-postgres.ts'
import { fixture, forge } from '../fixtures/sql.ts'

const root = join(import.meta.dirname, '../..')

let server: RealPostgres
let folder: string

beforeAll(async () => {
  server = await startRealPostgres()
  folder = mkdtempSync(join(tmpdir(), 'relata-models-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Models = Readonly<Record<string, ModelStatic<Model<Record<string, unknown>, Record<string, unknown>>>>>

/** Rules over several columns, which setting one link alone cannot keep. */
const relaxed: Readonly<Record<string, string>> = {
  forge: 'ALTER TABLE leads DROP CONSTRAINT chk_leads_conversion_logic',
}

/** The models of a schema in a style, loaded by the real Sequelize on a database of that schema. */
async function load(name: string, style: ModelStyle): Promise<{ models: Models; sequelize: Sequelize }> {
  const sql = name === 'forge' ? forge : fixture(name)
  const database = await openDatabase()
  const { document } = await database.importSql(sql)
  await database.close()
  const target = join(folder, `${name}-${style}`)
  mkdirSync(target)
  for (const file of renderModels(document, style)) writeFileSync(join(target, file.fileName), file.source)
  const url = await server.createDatabase(`${name}_${style}`)
  await withClient(url, (client) => client.query(`${sql}\n${relaxed[name] ?? ''}`))
  const sequelize = new Sequelize(url, { logging: false })
  const entry = style === 'typescript' ? compiled(target) : target
  const loaded: unknown = createRequire(join(entry, 'index.js'))(join(entry, 'index.js'))
  const init: unknown =
    style === 'typescript' && typeof loaded === 'object' && loaded
      ? Reflect.get(loaded, 'initModels')
      : loaded
  if (typeof init !== 'function') throw new Error('No initModels')
  return { models: init(sequelize), sequelize }
}

/** What tsc, as strict as it gets, makes of the TypeScript files. */
function compiled(target: string): string {
  const out = join(target, 'out')
  const options = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--skipLibCheck']
  const emit = ['--module', 'nodenext', '--target', 'es2022', '--useDefineForClassFields', '--outDir', out]
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  try {
    execFileSync(process.execPath, [tsc, ...options, ...emit, '--types', 'node', join(target, 'index.ts')], {
      cwd: target,
      encoding: 'utf8',
    })
  } catch (error) {
    throw new Error(error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error))
  }
  return out
}

const associationsIn = (models: Models): readonly Association[] =>
  Object.values(models).flatMap((model) => Object.values(model.associations))

test.each([
  ['forge', 'class'],
  ['shop', 'define'],
  ['library', 'class'],
  ['library', 'define'],
  ['library', 'typescript'],
] as const)('rows go through every association of %s as %s models', async (name, style) => {
  const { models, sequelize } = await load(name, style)
  try {
    for (const model of Object.values(models)) {
      const row = await makeRow(model)
      expect(row.isNewRecord).toBe(false)
      expect(await model.count()).toBeGreaterThan(0)
    }
    const results: Record<string, readonly boolean[]> = {}
    for (const association of associationsIn(models)) {
      results[`${association.source.name}.${association.as}`] = await tieAndFind(association)
    }
    for (const [name, found] of Object.entries(results)) expect([name, ...found]).not.toContain(false)
    if (name === 'library') {
      expect(Object.keys(results).toSorted()).toEqual(libraryAssociations)
      await expectRules(models)
    }
  } finally {
    await sequelize.close()
  }
})

const libraryAssociations = [
  'Book.author',
  'Book.bookLabels',
  'Book.category',
  'Book.editor',
  'Book.labels',
  'Book.loans',
  'Book.people',
  'BookLabel.book',
  'BookLabel.label',
  'Category.books',
  'Category.children',
  'Category.parent',
  'Label.bookLabels',
  'Label.books',
  'Loan.book',
  'Loan.notes',
  'Loan.reader',
  'Note.loan',
  'Person.authorBooks',
  'Person.books',
  'Person.editorBooks',
  'Person.loans',
  'Person.mentor',
  'Person.mentorPeople',
  'Person.profile',
  'Profile.person',
]

/** What PostgreSQL would refuse the model refuses before, and what it sets itself is left to it. */
async function expectRules({ Book, Person }: Models): Promise<void> {
  if (!Book || !Person) throw new Error('No model')
  await expect(makeRow(Book, { rating: 6 })).rejects.toThrow('Validation max on rating failed')
  await expect(makeRow(Book, { price: -1 })).rejects.toThrow('Validation min on price failed')
  await expect(makeRow(Book, { state: 'lost' })).rejects.toThrow('Validation isIn on state failed')
  await expect(makeRow(Book, { title: 'x'.repeat(201) })).rejects.toThrow('Validation len on title failed')
  const book = await makeRow(Book, { state: "sold 'out'", formats: ['print', 'e-book'], tags: ['a'] })
  expect((await book.reload()).get()).toMatchObject({
    formats: ['print', 'e-book'],
    tags: ['a'],
    format: 'print',
  })
  const person = await makeRow(Person, { firstName: 'Ada', email: 'ada@example.org' })
  await person.reload()
  expect(person.get()).toMatchObject({ fullName: 'Ada ada@example.org', createdAt: expect.any(Date) })
  await person.destroy()
  expect(await Person.findByPk(String(person.get('id')))).toBeNull()
  expect(await Person.findByPk(String(person.get('id')), { paranoid: false })).not.toBeNull()
}
