import type { Plan } from '../core/migration/plan.ts'
import { planMigration, type SettledSchema } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { renderMigrations } from '../core/sequelize/render-migration.ts'
import type { Engine, OpenEngine } from './engine.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'
import { readCatalog } from './read-back.ts'

export const openNodeEngine: OpenEngine = async () => openPglite(await nodeAssets())

/** Two schemas under the same ids and the plan between them. */
export interface MigrationPair {
  readonly from: SchemaDocument
  readonly to: SchemaDocument
  readonly plan: Plan
  readonly sources: readonly string[]
}

/** A schema made by `base` and the one that `changes` lead to, each in a transaction of its own. */
export async function migrationPair(base: string, ...changes: readonly string[]): Promise<MigrationPair> {
  const engine = await openNodeEngine()
  try {
    if (base !== '') await engine.raw(base)
    const from = await readDocument(engine)
    for (const change of changes) if (change !== '') await engine.raw(change)
    return pairOf(from, await readDocument(engine))
  } finally {
    await engine.close()
  }
}

export function pairOf(from: SchemaDocument, to: SchemaDocument): MigrationPair {
  const settled = (document: SchemaDocument): SettledSchema => ({ written: document, canonical: document })
  const plan = planMigration(settled(from), settled(to))
  const stamp = new Date('2026-01-15T12:00:00Z')
  const files = plan.refusals.length > 0 ? [] : renderMigrations({ plan, title: 'test', stamp })
  return { from, to, plan, sources: files.map(({ source }) => source) }
}

async function readDocument(engine: Engine): Promise<SchemaDocument> {
  const objects = await readCatalog(engine)
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}
