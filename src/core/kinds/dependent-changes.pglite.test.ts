import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { documentStatements } from '../ddl/ddl-of-document.ts'
import { planMigration } from '../migration/plan-migration.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { pgType } from '../model/pg-type.ts'
import { type Attribute, attributeKind } from './attribute/attribute.kind.ts'
import { type Column, columnKind } from './column/column.kind.ts'
import { compositeTypeKind } from './composite-type/composite-type.kind.ts'
import { domainKind } from './domain/domain.kind.ts'
import { domainCheckKind } from './domain-check/domain-check.kind.ts'
import { exclusionConstraintKind } from './exclusion-constraint/exclusion-constraint.kind.ts'
import { functionKind } from './function/function.kind.ts'
import { grantKind } from './grant/grant.kind.ts'
import { type IndexKey, indexKind } from './index/index.kind.ts'
import { materializedViewKind } from './materialized-view/materialized-view.kind.ts'
import { rangeTypeKind } from './range-type/range-type.kind.ts'
import type { AnyObject } from './registry.ts'
import { ruleKind } from './rule/rule.kind.ts'
import { publicSchema, schemaKind } from './schema/schema.kind.ts'
import { statisticsKind } from './statistics/statistics.kind.ts'
import { tableKind } from './table/table.kind.ts'
import { viewKind } from './view/view.kind.ts'

const plainKey: IndexKey = {
  column: null,
  expression: null,
  opclass: null,
  collation: null,
  order: 'asc',
  nulls: null,
}

let database: PGlite

beforeAll(async () => {
  database = await PGlite.create()
})

afterAll(() => database.close())

function documentOf(...objects: readonly AnyObject[]): SchemaDocument {
  const all = [publicSchema('public'), schemaKind.sample, tableKind.sample, ...objects]
  return { objects: new Map(all.map((object) => [object.id, object])), diagram: new Map() }
}

function changed(document: SchemaDocument, ...objects: readonly ObjectBase[]): SchemaDocument {
  const all = new Map(document.objects)
  for (const object of objects) all.set(object.id, object)
  return { ...document, objects: all }
}

const column = (name: string, base: string, ref: string | null, more: Partial<Column> = {}): Column => ({
  ...columnKind.sample,
  id: name,
  name,
  notNull: false,
  type: { base, modifiers: '', dimensions: 0, ref },
  ...more,
})

const plan = (from: SchemaDocument, to: SchemaDocument) =>
  planMigration({ written: from, canonical: from }, { written: to, canonical: to })

/** Makes `from` with rows, goes up and down, and gives what `query` finds after each. */
async function upAndDown(
  from: SchemaDocument,
  to: SchemaDocument,
  rows: string,
  query: string,
): Promise<readonly unknown[]> {
  const { up, down, refusals } = plan(from, to)
  expect(refusals).toEqual([])
  const run = async (statements: readonly { readonly sql: string }[]) => {
    for (const { sql } of statements) {
      await database.exec(sql).catch((error: Error) => {
        throw new Error(`${error.message}\n${sql}`, { cause: error })
      })
    }
  }
  await database.exec('BEGIN')
  try {
    await run(documentStatements(from))
    await database.exec(rows)
    await run(up.flatMap(({ statements }) => statements))
    const first = (await database.query(query)).rows[0]
    await run(down.flatMap(({ statements }) => statements))
    return [first, (await database.query(query)).rows[0]]
  } finally {
    await database.exec('ROLLBACK')
  }
}

it('gives a domain another base under a column, an array, a default, a check, a view and a function', async () => {
  const from = documentOf(
    { ...domainKind.sample, comment: 'Kept' },
    { ...grantKind.sample, parent: 'domain', name: 'public', privileges: [], revoked: ['USAGE'] },
    { ...domainCheckKind.sample, expression: `(length((VALUE)::text) > 0)`, comment: 'Kept, too' },
    column('one', 'email_address', 'domain', { default: `'x'::app.email_address` }),
    column('many', 'email_address', 'domain', {
      type: { base: 'email_address', modifiers: '', dimensions: 1, ref: 'domain' },
    }),
    { ...viewKind.sample, query: 'SELECT one FROM app.contacts', comment: 'View' },
    {
      ...functionKind.sample,
      arguments: 'wanted app.email_address',
      returns: 'SETOF app.email_address',
      body: 'BEGIN RETURN NEXT wanted; END',
    },
  )
  const to = changed(from, {
    ...domainKind.sample,
    comment: 'Kept',
    type: pgType('varchar', '20'),
  } as ObjectBase)
  const found = await upAndDown(
    from,
    changed(to),
    `INSERT INTO app.contacts (one) VALUES ('a'), (DEFAULT)`,
    `SELECT string_agg(one, ',' ORDER BY one) AS kept, (SELECT typbasetype::regtype::text FROM pg_type WHERE typname = 'email_address') AS base,
       obj_description('app.email_address'::regtype, 'pg_type') AS comment, obj_description('app.recent_contacts'::regclass, 'pg_class') AS view,
       (SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'email_address_check') AS checked,
       (SELECT count(*)::int FROM pg_type WHERE typname LIKE '%__old') AS left_over,
       (SELECT typacl::text FROM pg_type WHERE typname = 'email_address') AS rights, (SELECT x FROM app.numbers('q') x) AS called
     FROM app.contacts`,
  )
  const kept = {
    kept: 'a,x',
    comment: 'Kept',
    checked: 'Kept, too',
    view: 'View',
    left_over: 0,
    called: 'q',
    rights: '{postgres=U/postgres}',
  }
  expect(found).toEqual([
    { ...kept, base: 'character varying' },
    { ...kept, base: 'text' },
  ])
})

it('refuses to make a domain anew under another type', () => {
  const over = {
    ...domainKind.sample,
    id: 'over',
    name: 'over',
    type: { base: 'email_address', modifiers: '', dimensions: 0, ref: 'domain' },
  }
  const from = documentOf(domainKind.sample, over)
  const { refusals } = plan(
    from,
    changed(from, { ...domainKind.sample, type: pgType('integer') } as ObjectBase),
  )
  expect(refusals[0]?.message).toContain('over')
})

const street = attributeKind.sample
const zip: Attribute = { ...street, id: 'zip', name: 'zip', ordinal: 2, comment: 'Zip' }

it('changes the attributes of a composite type under a column, a view and a function', async () => {
  const type = { ...compositeTypeKind.sample, comment: 'Kept' }
  const from = documentOf(
    type,
    street,
    zip,
    column('home', 'address', 'composite type'),
    { ...viewKind.sample, query: 'SELECT (home).zip AS zip FROM app.contacts' },
    {
      ...functionKind.sample,
      arguments: 'a app.address',
      returns: 'SETOF text',
      body: 'BEGIN RETURN NEXT a.zip; END',
    },
  )
  const to = changed(
    from,
    { ...zip, type: pgType('integer') } as ObjectBase,
    {
      ...street,
      name: 'road',
    },
    { ...street, id: 'city', name: 'city', ordinal: 3 } as ObjectBase,
  )
  const found = await upAndDown(
    from,
    to,
    `INSERT INTO app.contacts (home) VALUES ('(a,1)'), (NULL)`,
    `SELECT string_agg(home::text, ';') AS homes, string_agg(pg_typeof((home).zip)::text, ',') AS types, obj_description('app.address'::regtype, 'pg_type') AS comment,
       (SELECT string_agg(col_description(attrelid, attnum), ',') FROM pg_attribute WHERE attrelid = 'app.address'::regclass) AS described,
       (SELECT count(zip)::int FROM app.recent_contacts) AS seen, (SELECT count(*)::int FROM app.numbers(NULL)) AS called FROM app.contacts`,
  )
  const kept = { comment: 'Kept', described: 'Zip', seen: 1, called: 1 }
  expect(found).toEqual([
    { ...kept, homes: '(a,1,)', types: 'integer,integer' },
    { ...kept, homes: '(a,1)', types: 'text,text' },
  ])
})

it('changes an attribute in place where nothing holds the type, and refuses where an array does', async () => {
  const from = documentOf(compositeTypeKind.sample, street)
  const to = changed(from, { ...street, type: pgType('integer') } as ObjectBase)
  expect(plan(from, to).up.flatMap(({ statements }) => statements.map(({ sql }) => sql))).toEqual([
    'ALTER TYPE app.address ALTER ATTRIBUTE street TYPE integer',
  ])
  const array = column('homes', 'address', 'composite type', {
    type: { base: 'address', modifiers: '', dimensions: 1, ref: 'composite type' },
  })
  expect(plan(changed(from, array), changed(to, array)).refusals[0]?.message).toContain('homes')
})

it('gives a range another subtype under columns of it and of its sets', async () => {
  const from = documentOf(
    { ...rangeTypeKind.sample, subtype: pgType('integer'), comment: 'Kept' },
    column('one', 'span', 'range type', { default: `'[1,2)'::app.span` }),
    column('sets', 'app.span_sets', null),
    { ...viewKind.sample, query: 'SELECT one, sets FROM app.contacts' },
  )
  const to = changed(from, {
    ...rangeTypeKind.sample,
    subtype: pgType('bigint'),
    comment: 'Kept',
  } as ObjectBase)
  const found = await upAndDown(
    from,
    to,
    `INSERT INTO app.contacts (sets) VALUES ('{[3,4),[5,6)}')`,
    `SELECT one::text, sets::text, pg_typeof(lower(one))::text AS over, (SELECT count(*)::int FROM app.recent_contacts) AS seen,
       obj_description('app.span'::regtype, 'pg_type') AS comment, app.span(1, 2)::text AS made FROM app.contacts`,
  )
  const kept = { one: '[1,2)', sets: '{[3,4),[5,6)}', seen: 1, comment: 'Kept', made: '[1,2)' }
  expect(found).toEqual([
    { ...kept, over: 'bigint' },
    { ...kept, over: 'integer' },
  ])
})

it('keeps what stands on a column and reads it when the column gets another type', async () => {
  const score = column('score', 'integer', null)
  const from = documentOf(
    score,
    { ...materializedViewKind.sample, query: 'SELECT score FROM app.contacts', comment: 'Rows' },
    {
      ...indexKind.sample,
      parent: 'materialized view',
      name: 'rows_score',
      keys: [{ ...plainKey, expression: 'score' }],
      comment: 'Index',
    },
    {
      ...exclusionConstraintKind.sample,
      method: 'btree',
      keys: [{ ...plainKey, column: 'score' }],
      operators: ['='],
      comment: 'Apart',
    },
    { ...statisticsKind.sample, items: ['score', '(score IS NULL)'], comment: 'Counted', target: 7 },
    { ...ruleKind.sample, body: 'WHERE (new.score < 0) DO INSTEAD NOTHING', comment: 'Quiet' },
  )
  const to = changed(from, { ...score, type: pgType('numeric'), using: 'score::numeric' } as ObjectBase)
  const found = await upAndDown(
    from,
    to,
    `INSERT INTO app.contacts (score) VALUES (1), (2), (-3); REFRESH MATERIALIZED VIEW app.contact_names`,
    `SELECT pg_typeof(min(score))::text AS of, count(*)::int AS rows, obj_description('app.contact_names'::regclass, 'pg_class') AS view,
       obj_description('app.rows_score'::regclass, 'pg_class') AS index,
       (SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE contype = 'x') AS apart,
       (SELECT obj_description(oid, 'pg_statistic_ext') || stxstattarget FROM pg_statistic_ext) AS counted,
       (SELECT obj_description(oid, 'pg_rewrite') FROM pg_rewrite WHERE rulename = 'quiet') AS quiet FROM app.contact_names`,
  )
  const kept = { rows: 2, view: 'Rows', index: 'Index', apart: 'Apart', counted: 'Counted7', quiet: 'Quiet' }
  expect(found).toEqual([
    { ...kept, of: 'numeric' },
    { ...kept, of: 'integer' },
  ])
})

it('moves tables and types out of a schema that is dropped', async () => {
  const from = documentOf(domainKind.sample, column('mail', 'email_address', 'domain'))
  const objects = new Map(from.objects)
  objects.delete(schemaKind.sample.id)
  const to = changed(
    { ...from, objects },
    { ...tableKind.sample, parent: 'public' } as ObjectBase,
    { ...domainKind.sample, parent: 'public' } as ObjectBase,
  )
  const { up } = plan(from, to)
  expect(up.map(({ title }) => title)).toEqual([
    'Move domain app.email_address to schema public',
    'Move table app.contacts to schema public',
    'Drop schema app',
  ])
})
