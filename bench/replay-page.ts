// Runs in the page that replay.ts opens, on the page's own PostgreSQL and in its sandbox.
import { findServices } from '../src/core/sequelize/folder/find-services.ts'
import { readAssets } from '../src/database/browser-assets.ts'
import { loadAssets } from '../src/database/engine-assets.ts'
import { openPageDatabase } from '../src/database/page-database.ts'
import { openPglite } from '../src/database/pglite-engine.ts'
import { generatedMigrations } from '../src/database/replay/generated-migrations.test-kit.ts'

export interface MeasuredReplay {
  readonly statements: number
  readonly objects: number
  readonly tables: number
  /** Why it did not run to its end. */
  readonly failure?: string
  /** The whole replay. */
  readonly milliseconds: number
  /** Its statements on PGlite alone, with the start of PostgreSQL, which a replay has too. */
  readonly alone: number
  /** How often progress was told. */
  readonly reports: number
  /** The longest time in which the page could not answer. */
  readonly longestPause: number
}

const tick = 20

/** Replays a folder of so many migrations that make so many tables. */
async function measureReplay(count: number, tables: number, seed: number): Promise<MeasuredReplay> {
  const files = generatedMigrations(count, seed, tables)
  const database = openPageDatabase(() => undefined)
  await database.boot()
  let reports = 0
  let longestPause = 0
  let last = performance.now()
  const clock = setInterval(() => {
    const now = performance.now()
    longestPause = Math.max(longestPause, now - last - tick)
    last = now
  }, tick)
  const started = performance.now()
  const replay = await database.replay(
    { files, services: findServices(files), onFailure: 'stop' },
    {
      onProgress: () => {
        reports += 1
      },
    },
  )
  const milliseconds = performance.now() - started
  clearInterval(clock)
  await database.close()
  const failed = replay.migrations.find(({ outcome }) => outcome !== 'ran')
  const statements = replay.migrations.flatMap((migration) => migration.statements.map(({ sql }) => sql))
  const objects = [...replay.document.objects.values()]
  return {
    statements: statements.length,
    objects: objects.length,
    tables: objects.filter(({ kind }) => kind === 'table').length,
    ...(failed ? { failure: `${failed.path} ${failed.outcome}: ${failed.failure?.problem.message}` } : {}),
    milliseconds,
    alone: await timeAlone(statements),
    reports,
    longestPause,
  }
}

async function timeAlone(statements: readonly string[]): Promise<number> {
  const assets = await loadAssets(readAssets(new URL('/engine/', location.href).href))
  const started = performance.now()
  const engine = await openPglite(assets)
  for (const sql of statements) await engine.run(sql)
  const milliseconds = performance.now() - started
  await engine.close()
  return milliseconds
}

Object.assign(globalThis, { measureReplay })
