import { afterAll, beforeAll, expect } from 'vitest'
import { diffDocuments } from '../core/diff/diff-documents.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { Plan, Step } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase } from '../core/model/object.ts'
import { type Engine, PgError } from './engine.ts'
import { openNodeEngine, pairOf } from './migration-pair.test-kit.ts'
import { identify, readCatalog, withDocumentIds } from './read-back.ts'

/** Proves plans between schemas that SQL makes, on one database for all tests of a file. */
export function proving() {
  let opened: Engine | undefined
  beforeAll(async () => {
    opened = await openNodeEngine()
  })
  afterAll(() => opened?.close())
  const engine = (): Engine => {
    if (!opened) throw new Error('Only within a test')
    return opened
  }

  async function rolledBack<T>(work: () => Promise<T>): Promise<T> {
    await engine().run('BEGIN')
    try {
      return await work()
    } finally {
      await engine().run('ROLLBACK')
    }
  }

  async function read(target: SchemaDocument | null): Promise<SchemaDocument> {
    const found = await readCatalog(engine())
    const objects = target ? withDocumentIds(found, identify(found, target)) : found
    return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
  }

  async function run(steps: readonly Step[]): Promise<void> {
    for (const { statements } of steps) {
      for (const { sql } of statements) {
        await engine()
          .run(sql)
          .catch((error: unknown) => {
            const detail = error instanceof PgError ? error.fields.detail : ''
            throw new Error(`${sql}: ${error instanceof Error ? error.message : ''} ${detail}`)
          })
      }
    }
  }

  /** The plan for what `change` does to the schema that `base` makes. */
  function planOf(base: string, change: string) {
    return rolledBack(async () => {
      await engine().raw(base)
      const from = await read(null)
      await engine().raw(change)
      return pairOf(from, await read(null))
    })
  }

  function expectSame(found: SchemaDocument, expected: SchemaDocument): void {
    const changes = diffDocuments(found, expected).filter(
      (change) =>
        change.type === 'changed' || !kindOf(change.type === 'added' ? change.to : change.from).clusterWide,
    )
    expect(changes).toEqual([])
  }

  function documentOf(objects: readonly ObjectBase[]): SchemaDocument {
    return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
  }

  /** Runs the plan up, down and up again over `rows`; `after` looks at what the way up left. */
  async function prove(base: string, change: string, rows = '', after?: () => Promise<void>): Promise<Plan> {
    const { from, to } = await planOf(base, change)
    return proveBetween(base, from, to, rows, after)
  }

  /** What `next` makes instead of `base`, with the ids of what is the same by name. */
  async function proveInstead(
    base: string,
    next: string,
    rows = '',
    after?: () => Promise<void>,
  ): Promise<Plan> {
    const { from } = await planOf(base, '')
    const { from: to } = await planOf(next, '')
    const objects = [...to.objects.values()]
    return proveBetween(
      base,
      from,
      documentOf(withDocumentIds(objects, identify(objects, from))),
      rows,
      after,
    )
  }

  async function proveBetween(
    base: string,
    from: SchemaDocument,
    to: SchemaDocument,
    rows: string,
    after?: () => Promise<void>,
  ): Promise<Plan> {
    const { plan } = pairOf(from, to)
    expect(plan.refusals).toEqual([])
    await rolledBack(async () => {
      await engine().raw(`${base};${rows}`)
      await run(plan.up)
      expectSame(await read(to), to)
      await after?.()
      await run(plan.down)
      expectSame(await read(from), from)
      await run(plan.up)
      expectSame(await read(to), to)
    })
    return plan
  }

  async function firstValue(sql: string): Promise<unknown> {
    const { rows } = await engine().query(sql)
    return Object.values(rows[0] ?? {})[0]
  }

  return { engine, rolledBack, read, run, planOf, expectSame, prove, proveInstead, firstValue }
}
