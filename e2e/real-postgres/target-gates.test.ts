import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentStatements } from '../../src/core/ddl/ddl-of-document.ts'
import { fieldsOf, referencesOf, withField } from '../../src/core/kinds/field-access.ts'
import { usualMultirangeName } from '../../src/core/kinds/range-type/range-type.ddl.ts'
import { rangeTypeKind } from '../../src/core/kinds/range-type/range-type.kind.ts'
import { allKinds, kindOf } from '../../src/core/kinds/registry.ts'
import { sampleDocument } from '../../src/core/kinds/sample.ts'
import { alterableSince, needsBeyond } from '../../src/core/kinds/version-needs.ts'
import type { SchemaDocument } from '../../src/core/model/document.ts'
import type { ObjectBase, ObjectId } from '../../src/core/model/object.ts'
import { schemaOf } from '../../src/core/model/schema.ts'
import type { Statement } from '../../src/core/sql/statement.ts'
import { settledDifferences, takeSnapshot } from '../../src/database/catalog-snapshot.ts'
import { type Engine, PgError } from '../../src/database/engine.ts'
import { openNodeEngine } from '../../src/database/migration-pair.test-kit.ts'
import { openServerEngine } from '../../src/database/server/server-engine.ts'
import { type RealPostgres, startRealPostgres } from '../fixtures/real-postgres.ts'

const oldest = 13

let servers: readonly RealPostgres[]
let old: Engine
let recent: Engine

/** The sample document without what the oldest version lacks and what rests on that. */
const base = withoutNeeds(withUsualNames(sampleDocument()))

/** The sample of a range type names its multirange type, which the oldest version does not know. */
function withUsualNames(document: SchemaDocument): SchemaDocument {
  const { sample } = rangeTypeKind
  const plain = { ...sample, multirangeName: usualMultirangeName(sample.name) ?? '' }
  return { ...document, objects: new Map([...document.objects, [plain.id, plain]]) }
}

beforeAll(async () => {
  servers = [await startRealPostgres(13), await startRealPostgres(18)]
  const [first, second] = await Promise.all(
    servers.map(async (server) => openServerEngine(await server.createDatabase('gates'))),
  )
  if (!first || !second) throw new Error('Two servers were started')
  old = first
  recent = second
})

afterAll(async () => {
  await old.close()
  await recent.close()
  for (const server of servers) await server.stop()
})

function withoutNeeds(document: SchemaDocument): SchemaDocument {
  const gone = new Set<ObjectId>()
  const schema = schemaOf(document)
  const rests = (object: ObjectBase): readonly (ObjectId | null)[] => [
    object.parent,
    ...referencesOf(object, kindOf(object)),
    ...(kindOf(object).dependsOn?.(object, schema) ?? []),
  ]
  for (let before = -1; before < gone.size; ) {
    before = gone.size
    for (const object of document.objects.values()) {
      const isMissing = needsBeyond(object, oldest).length > 0
      if (isMissing || rests(object).some((id) => id !== null && gone.has(id))) gone.add(object.id)
    }
  }
  return { ...document, objects: new Map([...document.objects].filter(([id]) => !gone.has(id))) }
}

/** Null where PostgreSQL takes the statements; they are taken back. */
async function refusal(engine: Engine, statements: readonly Statement[]): Promise<string | null> {
  await engine.run('SAVEPOINT tried')
  try {
    for (const { sql } of statements) await engine.run(sql)
    return null
  } catch (error) {
    if (!(error instanceof PgError)) throw error
    return error.message
  } finally {
    await engine.run('ROLLBACK TO tried; RELEASE tried')
  }
}

/** An object as its kind's sample and at each sample value of each field; `field` is null for the sample itself. */
function versions(): readonly {
  readonly field: string | null
  readonly from: ObjectBase
  readonly to: ObjectBase
}[] {
  return allKinds().flatMap(({ sample, name }) => {
    const from = base.objects.get(sample.id)
    if (!from || name === 'raw') return []
    const changed = fieldsOf(kindOf(from)).flatMap(([field, { sample: values }]) =>
      field === 'name' ? [] : values.map((value) => ({ field, from, to: withField(from, field, value) })),
    )
    return [{ field: null, from, to: from }, ...changed]
  })
}

test('every kind has a sample that the oldest version takes', () => {
  const missing = allKinds().filter(({ sample }) => !base.objects.has(sample.id))
  expect(missing.map(({ name }) => name)).toEqual([])
})

test('what is not refused for the oldest version runs there, and what is refused does not', async () => {
  for (const { sql } of documentStatements(base)) {
    await old.run(sql).catch((error: unknown) => expect.fail(`${String(error)}\nin: ${sql}`))
    await recent.run(sql)
  }
  const wrong: string[] = []
  let tried = 0
  await Promise.all([old.run('BEGIN'), recent.run('BEGIN')])
  const compare = async (what: string, statements: readonly Statement[], since: number) => {
    if ((await refusal(recent, statements)) !== null) return
    tried += 1
    const said = await refusal(old, statements)
    if ((said !== null) === since > oldest) return
    wrong.push(
      `${what}: ${said ?? 'runs'}, known since ${since}\n  ${statements.map(({ sql }) => sql).join(';\n  ')}`,
    )
  }
  for (const { field, from, to } of versions()) {
    const kind = kindOf(to)
    const needs = Math.max(oldest, ...needsBeyond(to, oldest).map(({ since }) => since))
    const twin = { ...to, id: 'twin', name: 'twin' }
    const schema = schemaOf({ ...base, objects: new Map([...base.objects, [twin.id, twin]]) })
    const title = `${kind.name} ${field ?? ''} ${field === null ? '' : JSON.stringify(Reflect.get(to, field))}`
    await compare(`create ${title}`, kind.create(twin, schema, []), needs)
    if (field === null) continue
    const rule = fieldsOf(kind).find(([name]) => name === field)?.[1].alter
    const changed = schemaOf({ ...base, objects: new Map([...base.objects, [to.id, to]]) })
    const statements = rule && rule !== 'replace' ? rule.statements(from, to, changed) : 'replace'
    if (statements === 'replace') continue
    await compare(`alter ${title}`, statements, Math.max(needs, alterableSince(from, field)))
  }
  await Promise.all([old.run('ROLLBACK'), recent.run('ROLLBACK')])
  expect(wrong).toEqual([])
  expect(tried).toBeGreaterThan(200)
})

test('the catalogue of the oldest version reads as that of the newest', async () => {
  const [found, expected] = [await takeSnapshot(old), await takeSnapshot(recent)]
  const differences = await settledDifferences(expected, found, openNodeEngine)
  expect(differences).toEqual([])
})
