import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adopt } from '../../catalog/adopt.ts'
import { readCatalog } from '../../catalog/read-catalog.ts'
import { documentStatements } from '../../ddl/ddl-of-document.ts'
import { diffDocuments } from '../../diff/diff-documents.ts'
import { planMigration, type SettledSchema } from '../../migration/plan-migration.ts'
import type { SchemaDocument } from '../../model/document.ts'
import type { ObjectBase } from '../../model/object.ts'
import { parsePgType } from '../../model/pg-type.ts'
import { checkKind } from '../check/check.kind.ts'
import { enumKind } from '../enum/enum.kind.ts'
import { indexKind } from '../index/index.kind.ts'
import { allKinds } from '../registry.ts'
import { publicSchema, schemaKind } from '../schema/schema.kind.ts'
import { sequenceKind } from '../sequence/sequence.kind.ts'
import { defaultSequenceOptions } from '../sequence/sequence-options.ts'
import { tableKind } from '../table/table.kind.ts'
import { viewKind } from '../view/view.kind.ts'
import { type Column, columnKind } from './column.kind.ts'

const type = (text: string) => parsePgType(text, (path) => (path.at(-1) === 'mood' ? 'enum' : null))
const options = defaultSequenceOptions('bigint')

/** Shapes that one column can have; every pair of them is migrated. */
const shapes: Readonly<Record<string, Partial<Column>>> = {
  'integer with default': { type: type('integer'), default: '5', notNull: false },
  'bigint identity': { type: type('bigint'), identity: { generation: 'always', options } },
  'smallint identity': {
    type: type('smallint'),
    identity: { generation: 'by default', options: { ...options, max: '99', start: '7', cycle: true } },
  },
  'integer from sequence': { type: type('integer'), default: `nextval('app.invoice_numbers'::regclass)` },
  'text with default': { type: type('text'), default: `'7'::text`, notNull: false },
  'varchar in C': { type: type('varchar(20)'), collation: '"C"' },
  'numeric stored': { type: type('numeric(9,2)'), generated: { expression: '(id * 2)', storage: 'stored' } },
  'integer virtual': {
    type: type('integer'),
    generated: { expression: '(id * 3)', storage: 'virtual' },
    notNull: false,
  },
  'enum with default': { type: type('mood'), default: `'ok'::app.mood` },
  'array of enum': { type: type('mood[]'), default: `'{ok}'::app.mood[]`, notNull: false },
  jsonb: { type: type('jsonb'), default: `'{}'::jsonb` },
}

function documentWith(shape: Partial<Column>, using: string | null): SchemaDocument {
  const column: Column = { ...columnKind.sample, notNull: true, using, ...shape }
  const objects: readonly ObjectBase[] = [
    publicSchema('public'),
    schemaKind.sample,
    enumKind.sample,
    { ...sequenceKind.sample, ...(column.default?.includes('nextval') ? { ownedBy: column.id } : {}) },
    tableKind.sample,
    { ...columnKind.sample, id: 'id', name: 'id', ordinal: 1, notNull: true },
    column,
    { ...checkKind.sample, expression: '(score IS DISTINCT FROM NULL)' },
    { ...indexKind.sample, keys: [{ ...indexKey, column: column.id }], where: '(score IS NOT NULL)' },
    { ...viewKind.sample, query: 'SELECT id,\n    score\n   FROM app.contacts' },
  ].filter((object) => object.kind !== 'index' || column.generated?.storage !== 'virtual')
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}

const indexKey = { expression: null, opclass: null, collation: null, order: 'asc', nulls: null } as const

let database: PGlite

beforeAll(async () => {
  database = await PGlite.create()
}, 60_000)

afterAll(() => database.close())

async function rolledBack<R>(work: () => Promise<R>): Promise<R> {
  await database.exec('BEGIN')
  try {
    return await work()
  } finally {
    await database.exec('ROLLBACK')
  }
}

async function run(statements: readonly { readonly sql: string }[]): Promise<void> {
  for (const { sql } of statements) {
    await database.exec(sql).catch((error: Error) => {
      throw new Error(`${error.message}\n${sql}`, { cause: error })
    })
  }
}

async function read(known: SchemaDocument): Promise<SchemaDocument> {
  const objects = await readCatalog(
    async (sql, parameters) => (await database.query<Record<string, unknown>>(sql, [...parameters])).rows,
    null,
    allKinds().filter(({ name }) => [...known.objects.values()].some(({ kind }) => kind === name)),
  )
  return adopt(objects, known, () => 'stray').document
}

const settled = new Map<string, Promise<SettledSchema>>()

/** The schema with that shape of the column; with `converting`, every type change to it has a USING. */
function settle(shape: string, converting: boolean): Promise<SettledSchema> {
  const key = `${shape} ${converting}`
  const known = settled.get(key)
  if (known) return known
  const written = documentWith(shapes[shape] ?? {}, converting ? 'NULL' : null)
  const settling = rolledBack(async () => {
    await run(documentStatements(written))
    return { written, canonical: await read(written) }
  })
  settled.set(key, settling)
  return settling
}

const pairs = Object.keys(shapes).flatMap((from) =>
  Object.keys(shapes).flatMap((to) => (from === to ? [] : [[from, to] as const])),
)

it.each(pairs)('%s becomes %s', async (fromName, toName) => {
  const from = await settle(fromName, false)
  const to = await settle(toName, true)
  const plan = planMigration(from, to)
  if (plan.refusals.length > 0) {
    // A sequence changes owner while its column is made anew: refused with a reason, and done in two migrations.
    expect([fromName, toName]).toContain('integer from sequence')
    expect(plan.refusals.map(({ code }) => code)).toEqual(['circular-plan'])
    return
  }
  await rolledBack(async () => {
    await run(documentStatements(from.written))
    await run(plan.up.flatMap(({ statements }) => statements))
    expect(diffDocuments(await read(to.written), to.canonical)).toEqual([])
  })
})
