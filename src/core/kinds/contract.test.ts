import { readdirSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { fuzzystrmatch } from '@electric-sql/pglite/contrib/fuzzystrmatch'
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adopt } from '../catalog/adopt.ts'
import { readCatalog } from '../catalog/read-catalog.ts'
import { documentStatements } from '../ddl/ddl-of-document.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import type { Statement } from '../sql/statement.ts'
import { expressionsOf, fieldOf, fieldsOf, readField, referencesOf, withField } from './field-access.ts'
import type { Field, Kind } from './kind.ts'
import { allKinds, kindOf } from './registry.ts'
import { sampleDocument } from './sample.ts'

/** Kinds whose objects can be read back from the catalogue. */
const readable = allKinds().filter((kind) => kind.catalog)

let database: PGlite

beforeAll(async () => {
  database = await PGlite.create({ extensions: { citext, fuzzystrmatch, uuid_ossp } })
  await database.query('SET allow_in_place_tablespaces = on')
  for (const name of ['fast', '"Two ""Disks"" 🐘"'])
    await database.query(`CREATE TABLESPACE ${name} LOCATION ''`)
}, 60_000)

afterAll(() => database.close())

async function rolledBack(work: () => Promise<void>): Promise<void> {
  await database.exec('BEGIN')
  try {
    await work()
  } finally {
    await database.exec('ROLLBACK')
  }
}

async function run(statements: readonly Statement[]): Promise<void> {
  for (const { sql } of statements) {
    try {
      await database.exec(sql)
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n${sql}`)
    }
  }
}

function documentOf(objects: Iterable<ObjectBase>): SchemaDocument {
  return { objects: new Map([...objects].map((object) => [object.id, object])), diagram: new Map() }
}

/** The object and all that it names: parents, references, columns of its tables, names in its expressions. */
function surroundings(object: ObjectBase): SchemaDocument {
  const all = sampleDocument().objects
  const found = new Map<string, ObjectBase>()
  const add = (id: string | null) => {
    const next = id === null ? undefined : all.get(id)
    if (!next || found.has(next.id)) return
    found.set(next.id, next)
    visit(next)
  }
  const visit = (next: ObjectBase) => {
    add(next.parent)
    for (const [, field] of fieldsOf(kindOf(next))) {
      for (const value of next.id === object.id ? field.sample : []) field.references?.map(value, seen)
    }
    for (const version of next.id === object.id ? versionsOf(next) : [next]) {
      for (const id of kindOf(next).dependsOn?.(version, schemaOf(sampleDocument())) ?? []) add(id)
    }
    for (const id of referencesOf(next, kindOf(next))) add(id)
    for (const other of all.values()) {
      if (kindOf(other).mentionedBy !== 'anything' || other.id === object.id) continue
      if (expressionsOf(next, kindOf(next)).some((text) => new RegExp(`\\b${other.name}\\b`).test(text)))
        add(other.id)
    }
    for (const other of all.values()) {
      if (other.kind === 'column' && other.parent === next.id && other.id.endsWith(' column')) add(other.id)
    }
    if (next.kind === 'foreign key') {
      add('accounts primary key')
      add('accounts unique')
    }
  }
  const seen = (id: string) => {
    add(id)
    return id
  }
  found.set(object.id, object)
  visit(object)
  add('public')
  return documentOf(found.values())
}

/** The object with each of its fields at each sample value. */
function versionsOf(object: ObjectBase): readonly ObjectBase[] {
  const others = fieldsOf(kindOf(object)).flatMap(([name, field]) =>
    field.sample.map((value) => withField(object, name, value)),
  )
  return [object, ...others]
}

function changeField(
  from: ObjectBase,
  to: ObjectBase,
  name: string,
  schema: Schema,
): readonly Statement[] | 'replace' {
  const rule = fieldOf(kindOf(to), name)?.alter
  if (!rule || rule === 'replace') return 'replace'
  return rule.statements(from, to, schema)
}

/** Creates everything by rank, then sets what was deferred, then comments. */
async function createAll(document: SchemaDocument): Promise<void> {
  const schema = schemaOf(document)
  const ordered = [...document.objects.values()]
    .filter(({ id }) => id !== 'public')
    .toSorted((a, b) => kindOf(a).order - kindOf(b).order)
  const inside = new Set(ordered.flatMap((object) => partsInside(object, schema)))
  for (const object of ordered) if (!inside.has(object)) await create(object, schema)
}

/** Children without which it cannot be made: the columns that a table is partitioned by. */
function partsInside(object: ObjectBase, schema: Schema): readonly ObjectBase[] {
  const texts = expressionsOf(object, kindOf(object)).join(' ')
  return schema
    .children(object.id)
    .filter(({ kind, name }) => kind === 'column' && new RegExp(`\\b${name}\\b`).test(texts))
}

async function create(object: ObjectBase, schema: Schema): Promise<void> {
  const kind = kindOf(object)
  const unset = fieldsOf(kind).reduce<ObjectBase>(
    (result, [name, field]) => (field.deferred ? withField(result, name, field.deferred.unset) : result),
    object,
  )
  const inside = partsInside(object, schema)
  await run(
    kind.create(
      unset,
      schema,
      inside.flatMap((part) => kindOf(part).inline?.(part, schema) ?? []),
    ),
  )
  for (const [name, field] of fieldsOf(kind)) {
    const late = (field.deferred && readField(object, name) !== field.deferred.unset) || name === 'comment'
    if (!late || readField(object, name) === null) continue
    const statements = changeField(unset, object, name, schema)
    if (statements === 'replace') throw new Error(`${kind.name}.${name} cannot be set later`)
    await run(statements)
  }
}

/** Reads the kinds that the document has; `all` also looks for what should not be there. */
async function readBack(known: SchemaDocument, all: boolean) {
  let next = 0
  const present = new Set([...known.objects.values()].map(({ kind }) => kind))
  const kinds = readable.filter(({ name }) => present.has(name))
  const objects = await readCatalog(
    async (sql, parameters) => {
      const result = await database.query<Record<string, unknown>>(sql, [...parameters])
      return result.rows
    },
    null,
    all ? readable : kinds,
  )
  return adopt(objects, known, () => `new ${next++}`)
}

/** Objects by id with their compared fields only. */
function comparable(document: SchemaDocument): ReadonlyMap<string, unknown> {
  return new Map(
    [...document.objects.values()]
      .filter((object) => kindOf(object).catalog)
      .map((object): [string, unknown] => {
        const fields = fieldsOf(kindOf(object)).filter(
          ([, field]) => field.compared !== false && !field.derived,
        )
        const values = fields.map(([name]) => [name, readField(object, name)])
        return [object.id, { kind: object.kind, parent: object.parent, ...Object.fromEntries(values) }]
      })
      .toSorted(),
  )
}

async function expectCatalogue(expected: SchemaDocument, all = false): Promise<void> {
  const { document, unresolved } = await readBack(expected, all)
  expect(unresolved).toEqual([])
  // What belongs to the server outlives its object.
  const found = [...document.objects.values()].filter(
    (object) => expected.objects.has(object.id) || !kindOf(object).clusterWide,
  )
  expect(comparable(documentOf(found))).toEqual(comparable(expected))
}

describe('the registry', () => {
  it('has every kind that has a folder', () => {
    const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    const names = folders.map((entry) => entry.name.replaceAll('-', ' ')).sort()
    expect(
      allKinds()
        .map((kind) => kind.name)
        .sort(),
    ).toEqual(names)
  })

  it('gives each kind a sample of itself whose every field is valid', () => {
    for (const kind of allKinds()) {
      expect(kind.sample.kind).toBe(kind.name)
      for (const [name, field] of fieldsOf(kind)) {
        for (const value of [readField(kind.sample, name), ...field.sample]) {
          expect(field.valid(value), `${kind.name}.${name} ${JSON.stringify(value)}`).toBe(true)
        }
        expect(field.valid(Symbol.iterator), `${kind.name}.${name}`).toBe(false)
      }
    }
  })

  it('survives JSON', () => {
    for (const object of sampleDocument().objects.values()) {
      expect(JSON.parse(JSON.stringify(object))).toEqual(object)
    }
  })
})

it('builds the whole sample document, which reads back equal', () =>
  rolledBack(async () => {
    await run(documentStatements(sampleDocument()))
    await expectCatalogue(sampleDocument(), true)
  }))

describe.each(readable.map((kind) => [kind.name, kind] as const))('%s', (_name, kind) => {
  it('is created, read back equal and dropped', () =>
    rolledBack(async () => {
      const document = surroundings(kind.sample)
      await createAll(document)
      await expectCatalogue(document)
      await run(kind.drop(kind.sample, schemaOf(document)))
      const rest = [...document.objects.values()].filter(
        ({ id }) => id !== kind.sample.id && !isBelow(id, kind.sample.id, document),
      )
      await expectCatalogue(documentOf(rest), true)
    }))

  it('carries any name and comment', async () => {
    const field = fieldOf(kind, 'name')
    for (const name of field?.sample ?? []) {
      await rolledBack(async () => {
        const comment = fieldOf(kind, 'comment')?.sample.length ? `it's "${name}"` : null
        const named = { ...kind.sample, name: String(name), comment }
        const document = documentOf(
          [...surroundings(kind.sample).objects.values()].map((object) =>
            object.id === named.id ? named : object,
          ),
        )
        await createAll(document)
        await expectCatalogue(document)
        await run(kind.drop(named, schemaOf(document)))
      })
    }
  })

  for (const [name, field] of fieldsOf(kind)) {
    if (field.sample.length === 0 || field.compared === false || field.derived) continue
    it(`changes ${name}`, () => rolledBack(() => walk(kind, name, field)))
  }

  if (kind.move && kind.parents.includes('schema')) {
    it('moves to another schema', () =>
      rolledBack(async () => {
        const document = surroundings(kind.sample)
        const moved = { ...kind.sample, parent: 'public' }
        await createAll(document)
        await run(kind.move?.(kind.sample, moved, schemaOf(document)) ?? [])
        await expectCatalogue(
          documentOf(
            [...document.objects.values()].map((object) => (object.id === moved.id ? moved : object)),
          ),
        )
      }))
  }
})

function isBelow(id: string, ancestor: string, document: SchemaDocument): boolean {
  const parent = document.objects.get(id)?.parent
  return parent != null && (parent === ancestor || isBelow(parent, ancestor, document))
}

/** Alters the sample's field to each of its values in turn and reads each back. */
async function walk(kind: Kind<ObjectBase>, name: string, field: Field<ObjectBase, unknown>): Promise<void> {
  let document = surroundings(kind.sample)
  await createAll(document)
  let object = kind.sample
  for (const value of field.sample) {
    const to = withField(object, name, value)
    await alter(object, to, name, schemaOf(document))
    document = documentOf([...document.objects.values()].map((each) => (each.id === to.id ? to : each)))
    const read = (await readBack(document, false)).document.objects.get(to.id)
    if (!read) throw new Error(`${kind.name} is gone`)
    const settled = field.expressions ? withField(to, name, readField(read, name)) : to
    if (field.expressions) {
      const blank = (each: ObjectBase) => field.expressions?.map(readField(each, name), () => '')
      expect(blank(read)).toEqual(blank(to))
      // What PostgreSQL printed is what it prints again.
      await alter(to, settled, name, schemaOf(document))
    }
    document = documentOf([...document.objects.values()].map((each) => (each.id === to.id ? settled : each)))
    await expectCatalogue(document)
    object = settled
  }
}

async function alter(from: ObjectBase, to: ObjectBase, name: string, schema: Schema): Promise<void> {
  const statements = changeField(from, to, name, schema)
  if (statements !== 'replace') return run(statements)
  await run(kindOf(from).drop(from, schema))
  await create(
    to,
    schemaOf(
      documentOf([...schema.document.objects.values()].map((each) => (each.id === to.id ? to : each))),
    ),
  )
}
