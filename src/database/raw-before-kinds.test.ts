import { afterAll, expect, test } from 'vitest'
import { makeRaw } from '../core/kinds/raw/raw.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { column, document, keyedTable, put } from './drawn.test-kit.ts'
import { openDatabase } from './node-database.ts'

const database = await openDatabase()
afterAll(() => database.close())

const raw = (ordinal: number, objectType: string, name: string, parent: string, sql: string, drop: string) =>
  makeRaw({ id: `raw ${name}`, parent, name, sql, objectType, dropSql: drop, ordinal, uses: [] })

/** As older projects carry what has a kind by now. */
const old: SchemaDocument = document(
  raw(1, 'domain', 'email', 'public', 'CREATE DOMAIN email AS text', 'DROP DOMAIN email'),
  raw(
    2,
    'domain constraint',
    'at',
    'raw email',
    "ALTER DOMAIN email ADD CONSTRAINT at CHECK (VALUE ~ '@')",
    'ALTER DOMAIN email DROP CONSTRAINT at',
  ),
  keyedTable('contacts', 'status'),
  column('contacts', 'address', 'email'),
  raw(
    3,
    'materialized view',
    'known',
    'public',
    'CREATE MATERIALIZED VIEW known AS SELECT address FROM contacts',
    'DROP MATERIALIZED VIEW known',
  ),
  raw(
    4,
    'index',
    'known_address',
    'raw known',
    'CREATE INDEX known_address ON known (address)',
    'DROP INDEX known_address',
  ),
  raw(
    5,
    'rule',
    'quiet',
    'contacts',
    'CREATE RULE quiet AS ON DELETE TO contacts DO INSTEAD NOTHING',
    'DROP RULE quiet ON contacts',
  ),
)

test('a document that carries verbatim what has a kind by now is still understood', async () => {
  const report = await database.validate(old)
  expect(report.problems).toEqual([])
  expect(report.differences).toEqual([])
  const { canonical } = await database.canonicalize(old)
  expect([...canonical.objects.keys()]).toEqual([...old.objects.keys()])
})

test('and can be changed', async () => {
  const wider = put(old, column('contacts', 'note'), column('contacts', 'other', 'email'))
  const report = await database.validate(wider)
  expect(report.problems).toEqual([])
  expect(report.differences).toEqual([])
  const plan = await database.plan(old, wider)
  expect(plan.refusals).toEqual([])
  expect(plan.up.map(({ title }) => title)).toEqual(['Add column contacts.note', 'Add column contacts.other'])
})
