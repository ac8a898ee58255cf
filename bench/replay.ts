import { findServices } from '../src/core/sequelize/folder/find-services.ts'
import { nodeAssets } from '../src/database/node-assets.ts'
import { openDatabase } from '../src/database/node-database.ts'
import { openPglite } from '../src/database/pglite-engine.ts'
import { generatedMigrations } from '../src/database/replay/generated-migrations.test-kit.ts'
import { inPage } from './in-page.ts'
import type { MeasuredReplay } from './replay-page.ts'

const seed = 4

/** Runs a folder of that many migrations, then the statements that it sent on PGlite alone, and prints the ratio. */
export async function benchReplay(count: number): Promise<void> {
  console.log(`\nReplay of ${count} migrations`)
  const files = generatedMigrations(count, seed)
  const database = await openDatabase()
  try {
    const replay = await database.replay({ files, services: findServices(files), onFailure: 'stop' })
    const failed = replay.migrations.find(({ outcome }) => outcome !== 'ran')
    if (failed) throw new Error(`${failed.path} ${failed.outcome}: ${failed.failure?.problem.message}`)
    const statements = replay.migrations.flatMap((migration) => migration.statements.map(({ sql }) => sql))
    const alone = await timeAlone(statements)
    row('whole replay', replay.milliseconds, statements.length)
    row('the same statements on PGlite alone', alone, statements.length)
    const times = (replay.milliseconds / alone).toFixed(1)
    const objects = replay.document.objects.size
    console.log(
      `  ${'a statement of the replay takes'.padEnd(44)} ${times.padStart(9)} times PGlite's own; ${objects} objects`,
    )
  } finally {
    await database.close()
  }
}

/** With the start of PostgreSQL, which a replay has too. */
async function timeAlone(statements: readonly string[]): Promise<number> {
  const assets = await nodeAssets()
  const start = performance.now()
  const engine = await openPglite(assets)
  try {
    for (const sql of statements) await engine.run(sql)
    return performance.now() - start
  } finally {
    await engine.close()
  }
}

function row(what: string, milliseconds: number, statements: number): void {
  const each = (milliseconds / statements).toFixed(2)
  console.log(
    `  ${what.padEnd(44)} ${(milliseconds / 1000).toFixed(1).padStart(9)} s    ${each} ms for each of ${statements} statements`,
  )
}

/** The same in Chromium, in the sandbox of the page, for a folder that makes so many tables. */
export async function benchReplayInPage(count: number, tables: number): Promise<void> {
  console.log(`\nReplay of ${count} migrations in Chromium`)
  const measured = await inPage(
    { path: 'bench/replay-page.html', ready: 'measureReplay', port: 4331 },
    (page) => page.evaluate<MeasuredReplay>(`measureReplay(${count}, ${tables}, ${seed})`),
  )
  if (measured.failure !== undefined) throw new Error(measured.failure)
  row('whole replay', measured.milliseconds, measured.statements)
  row('the same statements on PGlite alone', measured.alone, measured.statements)
  const times = (measured.milliseconds / measured.alone).toFixed(1)
  console.log(
    `  ${'a statement of the replay takes'.padEnd(44)} ${times.padStart(9)} times PGlite's own; ${measured.tables} tables, ${measured.objects} objects`,
  )
  console.log(
    `  ${'the page answers within'.padEnd(44)} ${measured.longestPause.toFixed(0).padStart(9)} ms   progress told ${measured.reports} times`,
  )
}
