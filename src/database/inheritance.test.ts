import { afterAll, describe, expect, test } from 'vitest'
import { alignDocuments } from '../core/diff/align-documents.ts'
import type { Plan } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { openDatabase } from './node-database.ts'

const database = await openDatabase()
afterAll(() => database.close())

const cities = 'CREATE TABLE cities (name text PRIMARY KEY, people int);'
const plain = 'CREATE TABLE plain (name text NOT NULL, people int);'
const capitals = `CREATE TABLE capitals (state char(2) NOT NULL DEFAULT 'x', UNIQUE (name)) INHERITS (cities);
  CREATE INDEX by_state ON capitals (state); COMMENT ON TABLE capitals IS 'Kept';`

async function load(sql: string): Promise<SchemaDocument> {
  return (await database.importSql(sql)).document
}

async function planOf(before: string, after: string): Promise<Plan> {
  const from = await load(before)
  return database.plan(from, alignDocuments(from, await load(after)))
}

describe('a table that inherits', () => {
  test('is read and made again with all that is on it', async () => {
    const document = await load(`${cities}${capitals}`)
    const report = await database.validate(document)
    expect(report.problems).toEqual([])
    expect(report.differences).toEqual([])
    expect((await planOf(`${cities}${capitals}`, `${cities}${capitals}`)).up).toEqual([])
  })

  test('stays while others change around it', async () => {
    const { up, refusals } = await planOf(
      `${cities}${plain}${capitals}`,
      `${cities.replace('int', 'int, founded date')}${capitals}`,
    )
    expect(refusals).toEqual([])
    expect(up.map(({ title }) => title)).toEqual(['Add column cities.founded', 'Drop table plain'])
  })

  test.each([
    ['to inherit', plain, 'ALTER TABLE plain INHERIT cities', 'plain'],
    ['to inherit no more', capitals, 'ALTER TABLE capitals NO INHERIT cities', 'capitals'],
    ['of its own columns', capitals, 'ALTER TABLE capitals ADD COLUMN mayor text', 'capitals'],
  ])('refuses a change %s with a reason, and loses nothing', async (_what, base, change, name) => {
    const { refusals } = await planOf(`${cities}${base}`, `${cities}${base}${change}`)
    expect(refusals.map(({ message }) => message).join('\n')).toMatch(new RegExp(`${name}.*lose every row`))
  })

  test('follows a change of its parent, and says what it loses when it goes', async () => {
    const changed = await planOf(`${cities}${capitals}`, `${cities.replace('int', 'bigint')}${capitals}`)
    expect(changed.refusals).toEqual([])
    const dropped = await planOf(`${cities}${capitals}`, cities)
    expect(dropped.up.flatMap(({ hazards }) => hazards.map(({ message }) => message))).toContain(
      'Loses every row of capitals.',
    )
  })
})
