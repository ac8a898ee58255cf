import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { documentStatements } from '../ddl/ddl-of-document.ts'
import type { SchemaDocument } from '../model/document.ts'
import { pgType } from '../model/pg-type.ts'
import { schemaOf } from '../model/schema.ts'
import { type Column, columnKind } from './column/column.kind.ts'
import { restoreColumn } from './column/column.restore.ts'
import { type FunctionObject, functionKind } from './function/function.kind.ts'
import type { AnyObject } from './registry.ts'
import { publicSchema, schemaKind } from './schema/schema.kind.ts'
import { tableKind } from './table/table.kind.ts'
import { type View, viewKind } from './view/view.kind.ts'

let database: PGlite

beforeAll(async () => {
  database = await PGlite.create()
})

afterAll(() => database.close())

function documentOf(...objects: readonly AnyObject[]): SchemaDocument {
  const all = [publicSchema('public'), schemaKind.sample, tableKind.sample, ...objects]
  return { objects: new Map(all.map((object) => [object.id, object])), diagram: new Map() }
}

async function run(statements: readonly { readonly sql: string }[]): Promise<void> {
  for (const { sql } of statements) await database.exec(sql)
}

async function inFresh(document: SchemaDocument, work: () => Promise<void>): Promise<void> {
  await database.exec('BEGIN')
  try {
    await run(documentStatements(document))
    await work()
  } finally {
    await database.exec('ROLLBACK')
  }
}

const id: Column = { ...columnKind.sample, id: 'id', name: 'id' }

it('replaces the query of a view in place only where columns are added at the end', async () => {
  const view: View = { ...viewKind.sample, query: 'SELECT id FROM app.contacts', columns: ['id integer'] }
  const wider: View = {
    ...view,
    query: 'SELECT id, 1 AS one FROM app.contacts',
    columns: ['id integer', 'one integer'],
  }
  const { alter } = viewKind.fields.query
  const document = documentOf(id, view)
  if (alter === 'replace') throw new Error('A view can be replaced in place')
  await inFresh(document, async () => {
    const statements = alter.statements(view, wider, schemaOf(document))
    expect(statements).toEqual([
      {
        sql: 'CREATE OR REPLACE VIEW app.recent_contacts AS\nSELECT id, 1 AS one FROM app.contacts',
        owner: 'view',
      },
    ])
    await run(statements === 'replace' ? [] : statements)
    expect(alter.statements(wider, view, schemaOf(document))).toBe('replace')
    await expect(
      database.exec('CREATE OR REPLACE VIEW app.recent_contacts AS SELECT id FROM app.contacts'),
    ).rejects.toMatchObject({ code: '42P16' })
  })
  expect(alter.statements({ ...view, columns: [] }, wider, schemaOf(document))).toBe('replace')
})

it('gives a function a new body without dropping it', async () => {
  const object: FunctionObject = { ...functionKind.sample, strict: true }
  const { alter } = functionKind.fields.body
  const document = documentOf(object)
  if (alter === 'replace') throw new Error('A body can be replaced in place')
  await inFresh(document, async () => {
    const before = await database.query(`SELECT 'app.numbers'::regproc::oid AS oid`)
    const statements = alter.statements(
      object,
      { ...object, body: 'BEGIN RETURN NEXT 7; END' },
      schemaOf(document),
    )
    await run(statements === 'replace' ? [] : statements)
    expect(await database.query(`SELECT 'app.numbers'::regproc::oid AS oid`)).toMatchObject({
      rows: before.rows,
    })
    const called = await database.query('SELECT n FROM app.numbers(1) n')
    expect(called.rows).toEqual([{ n: 7 }])
  })
})

it('brings NOT NULL columns back into a table with rows', async () => {
  const types = [
    'text',
    'varchar(3)',
    'smallint',
    'numeric(5,2)',
    'boolean',
    'uuid',
    'jsonb',
    'date',
    'timestamptz',
    'time',
    'interval',
    'bytea',
    'inet',
    'cidr',
    'int4range',
    'datemultirange',
    'bit(3)',
    'varbit',
    'text[]',
    'point',
    'xml',
    'money',
    'macaddr',
    'tsvector',
    'name',
    'char(2)',
    'double precision',
  ]
  const document = documentOf(id)
  await inFresh(document, async () => {
    await database.exec('INSERT INTO app.contacts (id) VALUES (1), (2)')
    for (const [place, type] of types.entries()) {
      const parsed = type === 'text[]' ? { ...pgType('text'), dimensions: 1 } : pgType(type)
      const column: Column = { ...columnKind.sample, name: `c${place}`, type: parsed }
      await run(restoreColumn(column, schemaOf(document)))
    }
    const { rows } = await database.query(
      `SELECT count(*)::int AS count FROM pg_attribute WHERE attrelid = 'app.contacts'::regclass AND attnum > 1
         AND attnotnull AND NOT atthasdef`,
    )
    expect(rows).toEqual([{ count: types.length }])
  })
})

it('lets PostgreSQL refuse serial, where the bare word would make a sequence in silence', async () => {
  const serial: Column = { ...id, type: pgType('serial') }
  await expect(inFresh(documentOf(serial), async () => {})).rejects.toMatchObject({ code: '42704' })
})
