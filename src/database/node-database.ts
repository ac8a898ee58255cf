import { createHash } from 'node:crypto'
import type { ObjectId } from '../core/model/object.ts'
import { importSql } from './import-sql.ts'
import { createDatabase, type InProcessDatabase } from './in-process.ts'
import { inProcessMigrator } from './in-process-migrator.ts'
import { nodeAssets } from './node-assets.ts'
import { openPglite } from './pglite-engine.ts'
import { loadSqlParser } from './sql-parser.ts'

/** PostgreSQL on Node, in this process. Rejects when `node scripts/prepare-engine.mjs` has not run. */
export async function openDatabase(): Promise<InProcessDatabase> {
  const assets = await nodeAssets()
  const open = () => openPglite(assets)
  const parser = loadSqlParser()
  return createDatabase({
    open,
    parse: () => parser,
    importSql: (openEngine, parse, sql, options) =>
      importSql(sql, openEngine, parse, { ...options, newId: idsOf(sql) }),
    openMigrator: inProcessMigrator(open),
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
