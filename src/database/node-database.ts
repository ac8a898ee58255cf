import { createHash } from 'node:crypto'
import type { ObjectId } from '../core/model/object.ts'
import type { OpenEngine } from './engine.ts'
import { importSource } from './import-source.ts'
import { createDatabase, type FolderParts, type InProcessDatabase } from './in-process.ts'
import { inProcessMigrator } from './in-process-migrator.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'
import type { RunOptions } from './sequelize-runner/run-migration.ts'
import { runSequelizercs } from './sequelize-runner/run-sequelizerc.ts'
import { loadSqlParser } from './sql-parser.ts'

/**
 * PostgreSQL on Node, in this process; folders' files run there too unless `forFolders` says where. Rejects when `node scripts/prepare-engine.mjs` has not run.
 */
export async function openDatabase(forFolders: Partial<FolderParts> = {}): Promise<InProcessDatabase> {
  const assets = await nodeAssets()
  return databaseOn(() => openPglite(assets), {}, forFolders)
}

/** The same on engines that `open` gives. */
export function databaseOn(
  open: OpenEngine,
  options: RunOptions = {},
  { openFolderMigrator, runSequelizercs: run = runSequelizercs }: Partial<FolderParts> = {},
): InProcessDatabase {
  const parser = loadSqlParser()
  return createDatabase({
    open,
    parse: () => parser,
    newIds: idsOf,
    importSource: (openEngine, parse, source, call) =>
      importSource(source, openEngine, parse, { ...call, newId: idsOf(source.text) }),
    openMigrator: inProcessMigrator(open, options),
    openFolderMigrator: openFolderMigrator ?? inProcessMigrator(open, options),
    runSequelizercs: run,
  })
}

/** Ids that follow from the source: importing it again gives the same project, another source shares none of them. */
function idsOf(source: string): () => ObjectId {
  const seed = createHash('sha256').update(source).digest('hex')
  let count = 0
  return () => {
    count += 1
    return createHash('sha256').update(`${seed} ${count}`).digest('hex').slice(0, 16)
  }
}
